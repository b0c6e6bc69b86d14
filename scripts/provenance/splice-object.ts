import type { Node, Pair, YAMLMap } from 'yaml';
import { textAt } from '../kubernetes/fields.ts';
import { isMap, isSeq } from '../kubernetes/yaml-library.ts';
import { keyOf } from '../kubernetes/yaml-nodes.ts';
import type { FieldPath } from '../model.ts';
import { fromPointer } from './pointer.ts';
import { rootOf, type SourceDocument } from './source-document.ts';
import { type Edit, type Splicing, spliceNode } from './splice.ts';

/** The annotation by which a rendered object is known for the document that declared it. */
export const originKey = 'presync.dev/origin';

/** Marks an object, or each of a `List`, and says in an annotation which one it is. */
export function spliceObject(document: SourceDocument, splicing: Splicing): void {
  const root = rootOf(document);
  for (const { node, at } of objectsIn(root, document.value)) {
    spliceNode(node, at, [], document, splicing);
    spliceOrigin(node, at, document, splicing);
  }
}

/** Marks a strategic merge patch. */
export function spliceMergePatch(document: SourceDocument, splicing: Splicing): void {
  spliceNode(rootOf(document), [], [], document, splicing);
}

/** Marks what the operations of a JSON patch add and replace. */
export function spliceJsonPatch(document: SourceDocument, splicing: Splicing): void {
  const root = rootOf(document);
  if (!isSeq(root)) return;
  for (const [index, operation] of (root.items as Node[]).entries()) {
    const written = Array.isArray(document.value) ? document.value[index] : undefined;
    const op = textAt(written, ['op']);
    const pointer = textAt(written, ['path']);
    if (!isMap(operation) || pointer === undefined || (op !== 'add' && op !== 'replace')) continue;
    const value = valueNode(operation, 'value');
    spliceNode(value, [index, 'value'], fromPointer(pointer), document, splicing);
  }
}

/** The parts of a document that are objects by themselves. */
function objectPathsOf(value: unknown): FieldPath[] {
  if (!textAt(value, ['kind'])?.endsWith('List')) return [[]];
  const items = (value as Record<string, unknown>).items;
  return Array.isArray(items) ? items.map((_, index) => ['items', index]) : [[]];
}

function objectsIn(root: Node | null, value: unknown): { node: Node | null; at: FieldPath }[] {
  return objectPathsOf(value).map((at) => {
    if (at.length === 0) return { node: root, at };
    const items = isMap(root) ? valueNode(root, 'items') : null;
    return { node: isSeq(items) ? (items.items[Number(at[1])] as Node) : null, at };
  });
}

/** The node of a key in a mapping. */
function valueNode(map: YAMLMap, name: string): Node | null {
  const pairs = map.items as Pair<Node, Node | null>[];
  return pairs.find(({ key }) => keyOf(key) === name)?.value ?? null;
}

function spliceOrigin(
  node: Node | null,
  at: FieldPath,
  document: SourceDocument,
  { tokens, edits }: Splicing,
): void {
  const metadata = isMap(node) ? valueNode(node, 'metadata') : null;
  if (!isMap(metadata) || metadata.items.length === 0) return;
  const annotations = valueNode(metadata, 'annotations');
  const isThere = (metadata.items as Pair<Node>[]).some(({ key }) => keyOf(key) === 'annotations');
  if (isThere && !isMap(annotations)) return;
  const path = [...at, 'metadata', 'annotations', originKey];
  const mark = `"${originKey}": "${tokens.text({ document, path, value: '' })}"`;
  edits.push(
    isMap(annotations)
      ? insertion(annotations, mark, document)
      : insertion(metadata, `"annotations": {${mark}}`, document),
  );
}

/** A further entry at the beginning of a mapping. */
function insertion(map: YAMLMap, entry: string, { text }: SourceDocument): Edit {
  const start = map.range?.[0] ?? 0;
  if (map.flow) {
    const at = text.startOf(start + 1);
    return { start: at, end: at, text: map.items.length > 0 ? `${entry}, ` : entry };
  }
  const first = (map.items as Pair<Node>[])[0]?.key.range?.[0] ?? start;
  const column = first - (text.text.lastIndexOf('\n', first - 1) + 1);
  const at = text.startOf(first);
  return { start: at, end: at, text: `${entry}\n${' '.repeat(column)}` };
}
