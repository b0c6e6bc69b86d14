import type { YamlNode, YamlScalar } from '../kubernetes/yaml-tree.ts';
import type { FieldPath } from '../model.ts';
import { isKept, type Kept } from './kept.ts';
import type { SourceDocument } from './source-document.ts';
import type { Tokens } from './tokens.ts';

/** A change of a file's text. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What marks are spliced with. */
export interface Splicing {
  readonly tokens: Tokens;
  readonly kept: Kept;
  readonly edits: Edit[];
}

/** Applies changes that do not overlap; of two that do, the first is kept. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let at = 0;
  for (const { start, end, text: inserted } of sorted) {
    if (start < at) continue;
    result += text.slice(at, start) + inserted;
    at = end;
  }
  return result + text.slice(at);
}

/**
 * Puts a mark in place of every value that kustomize only passes on.
 *
 * @param node the part of the document to mark
 * @param at where it stands in the document
 * @param field where it ends up in the object
 */
export function spliceNode(
  node: YamlNode | undefined,
  at: FieldPath,
  field: FieldPath,
  document: SourceDocument,
  splicing: Splicing,
): void {
  if (node?.is === 'map') {
    const parent = Object.fromEntries(node.entries.map(({ key }) => [key, true]));
    for (const { key, value } of node.entries) {
      if (value.is === 'scalar') {
        spliceScalar(value, [...at, key], [...field, key], document, splicing, parent);
      } else {
        spliceNode(value, [...at, key], [...field, key], document, splicing);
      }
    }
  } else if (node?.is === 'list') {
    for (const [index, item] of node.items.entries()) {
      spliceNode(item, [...at, index], [...field, index], document, splicing);
    }
  } else if (node?.is === 'scalar') {
    spliceScalar(node, at, field, document, splicing);
  }
}

function spliceScalar(
  node: YamlScalar,
  at: FieldPath,
  field: FieldPath,
  document: SourceDocument,
  splicing: Splicing,
  parent?: unknown,
): void {
  const { tokens, kept, edits } = splicing;
  const { value } = node;
  if (value === undefined || isKept(field, value, parent, kept)) return;
  if (field.at(-1) === 'image' && typeof value === 'string') {
    const parts = imageEdits(node, value, document, (token) =>
      tokens.text({ document, path: at, ...token }),
    );
    if (parts) {
      edits.push(...parts);
      return;
    }
  }
  const edit = replacement(node, document, () => tokens.text({ document, path: at, value }));
  if (edit) edits.push(edit);
}

/** The change that puts a text in place of a scalar's, in its own quotes. */
export function replacement(
  { start, end, style }: YamlScalar,
  { text, root }: SourceDocument,
  make: () => string,
): Edit | undefined {
  if (start === end) return undefined;
  if (style === 'double quoted' || style === 'single quoted') {
    return { start: text.startOf(start + 1), end: text.endOf(end - 1), text: make() };
  }
  const isBlock = style === 'literal' || style === 'folded';
  const ending = isBlock && text.text[end - 1] === '\n' ? '\n' : '';
  // A JSON patch is read as JSON when it begins like it, and that has no plain texts.
  const isJson = /^\s*[[{]/.test(text.text) && root !== undefined;
  const mark = isJson && !isBlock ? `${text.quote}${make()}${text.quote}` : make();
  return { start: text.startOf(start), end: text.endOf(end), text: mark + ending };
}

/** Only the tag and digest of an image: entries of `images` look for the name. */
function imageEdits(
  { start, style }: YamlScalar,
  value: string,
  { text }: SourceDocument,
  mark: (token: { value: string; isAdded?: boolean }) => string,
): Edit[] | undefined {
  const image = /^([^\s:@]+(?::\d+\/[^\s:@]+)?)(?::([\w.-]+))?(?:@sha256:([\w.-]+))?$/.exec(value);
  if (!image || style === 'literal' || style === 'folded') return undefined;
  const begin = start + (style === 'plain' ? 0 : 1);
  if (text.text.slice(begin, begin + value.length) !== value) return undefined;
  const [, name = '', tag, digest] = image;
  const edit = (from: number, to: number, inserted: string): Edit => ({
    start: text.startOf(begin + from),
    end: text.endOf(begin + to),
    text: inserted,
  });
  const edits: Edit[] = [];
  if (tag) {
    edits.push(edit(name.length + 1, name.length + 1 + tag.length, mark({ value: tag })));
  } else if (!digest) {
    edits.push(edit(name.length, name.length, `:${mark({ value: '', isAdded: true })}`));
  }
  if (digest) edits.push(edit(value.length - digest.length, value.length, mark({ value: digest })));
  return edits;
}
