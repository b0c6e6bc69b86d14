import { nodeAt, type YamlScalar } from '../../scripts/kubernetes/yaml-tree.ts';
import type { Token } from '../../scripts/provenance/tokens.ts';

/** A file's text with another value where a mark stood, spelt as its surroundings demand. */
export function mutated(text: string, token: Token): string {
  return token.document.isElsewhere ? mutateAt(text, token) : mutate(text, token);
}

function mutate(text: string, { document, path, value, offset, isAdded }: Token): string {
  const insert = (at: number, added: string) => text.slice(0, at) + added + text.slice(at);
  if (offset !== undefined) {
    return insert(offset + String(value).trimEnd().length, 'x');
  }
  const node = document.root && nodeAt(document.root, path);
  if (node?.is !== 'scalar') throw new Error(`no scalar at ${path.join('.')}`);
  const { start, end, style } = node;
  const raw = document.text.text.slice(start, end);
  if (style === 'plain' && (typeof value === 'number' || typeof value === 'boolean')) {
    const other = typeof value === 'number' ? value + 1 : !value;
    const from = document.text.startOf(start);
    return text.slice(0, from) + other + text.slice(document.text.endOf(end));
  }
  const at = start + placeIn(raw, node, isAdded ? undefined : String(value));
  return insert(document.text.endOf(at), isAdded ? ':x' : 'x');
}

/** Another value at the place that a relocated document tells. */
function mutateAt(text: string, { document, path, value }: Token): string {
  const { line, column } = document.placeOf(path).location;
  const lines = text.split('\n');
  const own = lines[line - 1] ?? '';
  const isLast = path.at(-1) === 'newTag' || path.at(-1) === 'digest';
  const part = String(value);
  const at = isLast ? own.lastIndexOf(part) : own.indexOf(part, column - 1);
  if (at < column - 1) throw new Error(`no ${part} at ${document.file}:${line}:${column}`);
  const other = typeof value === 'number' ? String(value + 1) : `${part}x`;
  lines[line - 1] = own.slice(0, at) + other + own.slice(at + part.length);
  return lines.join('\n');
}

/** Behind the value, or the part of the text that the mark stood for. */
function placeIn(raw: string, { style, text }: YamlScalar, part: string | undefined): number {
  if (style === 'literal' || style === 'folded') return raw.trimEnd().length;
  const close = style === 'plain' ? raw.length : raw.length - 1;
  if (part === undefined || part === text || !/\/|:/.test(raw)) return close;
  const found = raw.lastIndexOf(part);
  return found < 0 ? close : found + part.length;
}
