import { isRecord, listAt, recordAt } from '../kubernetes/fields.ts';
import { nodeAt, type YamlScalar } from '../kubernetes/yaml-tree.ts';
import type { FieldPath } from '../model.ts';
import { isKept } from './kept.ts';
import type { SourceDocument } from './source-document.ts';
import { replacement, type Splicing } from './splice.ts';

/** Marks the values that a kustomization itself gives to objects. */
export function spliceKustomization(document: SourceDocument, splicing: Splicing): void {
  const { value } = document;
  const labels = (at: FieldPath, holder: string) =>
    spliceValues(at, ['metadata', holder], document, splicing);
  for (const [index] of listAt(value, ['labels']).entries()) {
    labels(['labels', index, 'pairs'], 'labels');
  }
  labels(['commonLabels'], 'labels');
  labels(['commonAnnotations'], 'annotations');
  labels(['generatorOptions', 'labels'], 'labels');
  labels(['generatorOptions', 'annotations'], 'annotations');
  for (const field of ['configMapGenerator', 'secretGenerator']) {
    for (const [index, entry] of listAt(value, [field]).entries()) {
      labels([field, index, 'options', 'labels'], 'labels');
      labels([field, index, 'options', 'annotations'], 'annotations');
      for (const [at] of listAt(entry, ['literals']).entries()) {
        spliceLiteral([field, index, 'literals', at], document, splicing);
      }
    }
  }
  for (const [index, entry] of listAt(value, ['images']).entries()) {
    if (isRecord(entry)) spliceImage(entry, ['images', index], document, splicing);
  }
  for (const [index] of listAt(value, ['replicas']).entries()) {
    spliceCount(['replicas', index, 'count'], document, splicing);
  }
  for (const [index] of listAt(value, ['replacements']).entries()) {
    spliceText(['replacements', index, 'sourceValue'], document, splicing);
  }
}

function scalarAt(at: FieldPath, { root }: SourceDocument): YamlScalar | undefined {
  const node = root && nodeAt(root, at);
  return node?.is === 'scalar' ? node : undefined;
}

function spliceValues(
  at: FieldPath,
  holder: FieldPath,
  document: SourceDocument,
  splicing: Splicing,
): void {
  for (const [key, value] of Object.entries(recordAt(document.value, at))) {
    if (isKept([...holder, key], value, undefined, splicing.kept)) continue;
    spliceText([...at, key], document, splicing);
  }
}

function spliceText(at: FieldPath, document: SourceDocument, splicing: Splicing): void {
  const node = scalarAt(at, document);
  const value = node?.value;
  // Anything else than a text is refused by kustomize here.
  if (!node || typeof value !== 'string' || value === '') return;
  const edit = replacement(node, document, () =>
    splicing.tokens.text({ document, path: at, value }),
  );
  if (edit) splicing.edits.push(edit);
}

function spliceCount(at: FieldPath, document: SourceDocument, { tokens, edits }: Splicing): void {
  const node = scalarAt(at, document);
  const value = node?.value;
  if (!node || typeof value !== 'number') return;
  const edit = replacement(node, document, () => tokens.number({ document, path: at, value }));
  if (edit) edits.push(edit);
}

function spliceImage(
  entry: Readonly<Record<string, unknown>>,
  at: FieldPath,
  document: SourceDocument,
  splicing: Splicing,
): void {
  const { images } = splicing.kept;
  const { newName, newTag, digest } = entry;
  // Another entry may look for the new name; one with a pattern may look for any.
  const isSought =
    typeof newName === 'string' &&
    (images.has(newName) || [...images].some((name) => /[^\w./:-]/.test(name)));
  if (newName && !isSought) spliceText([...at, 'newName'], document, splicing);
  if (newTag) spliceText([...at, 'newTag'], document, splicing);
  if (typeof digest === 'string' && digest.startsWith('sha256:')) {
    spliceDigest([...at, 'digest'], digest.slice(7), document, splicing);
  }
}

function spliceDigest(
  at: FieldPath,
  value: string,
  document: SourceDocument,
  { tokens, edits }: Splicing,
): void {
  const node = scalarAt(at, document);
  const edit =
    node &&
    replacement(node, document, () => `sha256:${tokens.text({ document, path: at, value })}`);
  if (edit) edits.push(edit);
}

/** The value of `key=value`; kustomize takes quotes around it off. */
function spliceLiteral(at: FieldPath, document: SourceDocument, splicing: Splicing): void {
  const node = scalarAt(at, document);
  const text = node?.value;
  if (!node || typeof text !== 'string') return;
  const equals = text.indexOf('=');
  if (equals < 1 || equals === text.length - 1) return;
  const value = unquoted(text.slice(equals + 1));
  const key = text.slice(0, equals);
  const edit = replacement(node, document, () => {
    const mark = `${key}=${splicing.tokens.text({ document, path: at, value })}`;
    const isBlock = node.style === 'literal' || node.style === 'folded';
    return isBlock ? JSON.stringify(mark) : mark;
  });
  if (edit) splicing.edits.push(edit);
}

function unquoted(text: string): string {
  const quote = text[0];
  const isQuoted = text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote);
  return isQuoted ? text.slice(1, -1) : text;
}
