import { textAt } from '../kubernetes/fields.ts';
import { nodeAt, type YamlMap, type YamlNode } from '../kubernetes/yaml-tree.ts';
import type { FieldPath } from '../model.ts';
import { fromPointer } from './pointer.ts';
import type { SourceDocument } from './source-document.ts';
import { type Edit, type Splicing, spliceNode } from './splice.ts';

/** The annotation by which a rendered object is known for the document that declared it. */
export const originKey = 'presync.dev/origin';

/** Marks an object, or each of a `List`, and says in an annotation which one it is. */
export function spliceObject(document: SourceDocument, splicing: Splicing): void {
  for (const { node, at } of objectsIn(document)) {
    spliceNode(node, at, [], document, splicing);
    spliceOrigin(node, at, document, splicing);
  }
}

/** Marks a strategic merge patch. */
export function spliceMergePatch(document: SourceDocument, splicing: Splicing): void {
  spliceNode(document.root, [], [], document, splicing);
}

/** Marks what the operations of a JSON patch add and replace. */
export function spliceJsonPatch(document: SourceDocument, splicing: Splicing): void {
  const { root } = document;
  if (root?.is !== 'list') return;
  for (const [index, operation] of root.items.entries()) {
    const written = Array.isArray(document.value) ? document.value[index] : undefined;
    const op = textAt(written, ['op']);
    const pointer = textAt(written, ['path']);
    if (operation.is !== 'map' || pointer === undefined || (op !== 'add' && op !== 'replace'))
      continue;
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

function objectsIn({ root, value }: SourceDocument): { node?: YamlNode; at: FieldPath }[] {
  return objectPathsOf(value).map((at) => {
    const node = root && nodeAt(root, at);
    return node ? { node, at } : { at };
  });
}

/** The node of a key in a mapping. */
function valueNode(map: YamlMap, name: string): YamlNode | undefined {
  return map.entries.find(({ key }) => key === name)?.value;
}

function spliceOrigin(
  node: YamlNode | undefined,
  at: FieldPath,
  document: SourceDocument,
  { tokens, edits }: Splicing,
): void {
  const metadata = node?.is === 'map' ? valueNode(node, 'metadata') : undefined;
  if (metadata?.is !== 'map' || metadata.entries.length === 0) return;
  const annotations = valueNode(metadata, 'annotations');
  if (annotations && annotations.is !== 'map') return;
  const path = [...at, 'metadata', 'annotations', originKey];
  const mark = `"${originKey}": "${tokens.text({ document, path, value: '' })}"`;
  edits.push(
    annotations
      ? insertion(annotations, mark, document)
      : insertion(metadata, `"annotations": {${mark}}`, document),
  );
}

/** A further entry at the beginning of a mapping. */
function insertion(map: YamlMap, entry: string, { text }: SourceDocument): Edit {
  const { start, entries } = map;
  if (map.isFlow) {
    const at = text.startOf(start + 1);
    return { start: at, end: at, text: entries.length > 0 ? `${entry}, ` : entry };
  }
  const first = entries[0]?.keyStart ?? start;
  const column = first - (text.text.lastIndexOf('\n', first - 1) + 1);
  const at = text.startOf(first);
  return { start: at, end: at, text: `${entry}\n${' '.repeat(column)}` };
}
