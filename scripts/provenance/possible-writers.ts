import { isRecord, listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { selects } from '../kubernetes/patch-target.ts';
import type { FieldPath } from '../model.ts';
import { generatorEntriesOf, keyIn } from './generator-entries.ts';
import type { GraphNode, PatchEntry } from './graph.ts';
import { kustomizationWriters } from './kustomization-writers.ts';
import { beginsWith, mapPath } from './map-path.ts';
import { inlineKey } from './plant.ts';
import { fromPointer, isEnd } from './pointer.ts';
import type { SourceDocument } from './source-document.ts';
import type { Trace } from './trace.ts';
import { byOrder, type Writer, writerAt } from './writer.ts';

/**
 * Everything that writes a field of an object as far as the files tell, first writers
 * first: the resource, patches that select it, and fields of kustomizations.
 */
export function possibleWriters(trace: Trace, path: FieldPath): Writer[] {
  const writers: Writer[] = [];
  const nodes = nodesAround(trace);
  if (trace.origin) {
    const { document, at } = trace.origin;
    const written = mapPath(document, at, path, 0, trace);
    if (written) writers.push(writerAt(document, written, orderOfResource(document, nodes)));
  } else {
    writers.push(...generatorWriters(trace, path));
  }
  for (const node of nodes) {
    for (const entry of node.patches) {
      for (const document of patchDocuments(entry, trace)) {
        if (!applies(document, entry, trace)) continue;
        const written = writtenBy(document, path, trace);
        writers.push(...written.map((at) => writerAt(document, at, node.order)));
      }
    }
    writers.push(...kustomizationWriters(node, path, trace));
  }
  return writers.sort(byOrder);
}

/** The kustomizations that act on an object. */
function nodesAround({ plot, origin }: Trace): GraphNode[] {
  const nodes = [...plot.graph.nodes.values()].sort((a, b) => a.order - b.order);
  return origin ? nodes.filter(({ scope }) => scope.has(origin.document.file)) : nodes;
}

function orderOfResource({ file }: SourceDocument, nodes: readonly GraphNode[]): number {
  return nodes.find(({ scope }) => scope.has(file))?.order ?? -1;
}

function generatorWriters(trace: Trace, path: FieldPath): Writer[] {
  const [top, key] = path;
  return generatorEntriesOf(trace).flatMap((entry): Writer[] => {
    const { document } = entry;
    const order = trace.plot.graph.nodes.get(document.file)?.order ?? 0;
    const isData = /^(data|stringData|binaryData)$/.test(String(top)) && key !== undefined;
    if (isData) {
      const at = keyIn(entry, String(key));
      if (!at) return [];
      const text = String(valueAt(document.value, at));
      const value = at.includes('literals') ? text.slice(text.indexOf('=') + 1) : undefined;
      return [writerAt(document, at, order, value)];
    }
    if (path.length === 2 && top === 'metadata' && key === 'name') {
      return [writerAt(document, [...entry.path, 'name'], order)];
    }
    const [, , label] = path;
    if (top === 'metadata' && label !== undefined) {
      const own = [...entry.path, 'options', String(key), label];
      return valueAt(document.value, own) === undefined ? [] : [writerAt(document, own, order)];
    }
    return [];
  });
}

/** The documents of a patch, as they are open for marks. */
export function patchDocuments(
  { kustomization, inline, file }: PatchEntry,
  { planted }: Pick<Trace, 'planted'>,
): readonly SourceDocument[] {
  if (inline) return planted.inline.get(inlineKey(kustomization, inline)) ?? [];
  return planted.documents.get(file ?? '') ?? [];
}

function applies(document: SourceDocument, entry: PatchEntry, trace: Trace): boolean {
  const { manifest, origin } = trace;
  const before = origin && textAt(origin.document.value, [...origin.at, 'metadata', 'name']);
  const names = [...(before ? [before] : []), ...(trace.renames.get(manifest.name) ?? [])];
  if (entry.target) return selects(entry.target, manifest, names);
  const name = textAt(document.value, ['metadata', 'name']);
  return (
    textAt(document.value, ['kind']) === manifest.kind &&
    name !== undefined &&
    [manifest.name, ...names].includes(name)
  );
}

/** Where a patch writes a field. */
function writtenBy(document: SourceDocument, path: FieldPath, trace: Trace): FieldPath[] {
  if (document.kind === 'merge patch') {
    const isName = path[0] === 'metadata' && (path[1] === 'name' || path[1] === 'namespace');
    const isType = path.length === 1 && (path[0] === 'kind' || path[0] === 'apiVersion');
    // By these a patch only says what it is for.
    if (isName || isType) return [];
    const written = mapPath(document, [], path, 0, trace);
    return written ? [written] : [];
  }
  return listAt(document.value, []).flatMap((operation, index): FieldPath[] => {
    const pointer = isRecord(operation) && textAt(operation, ['path']);
    const op = textAt(operation, ['op']);
    if (typeof pointer !== 'string' || (op !== 'add' && op !== 'replace')) return [];
    const at = [index, 'value'];
    const steps = fromPointer(pointer);
    if (!leadsTo(steps, path, at, document, trace)) return [];
    const written = mapPath(document, at, path, steps.length, trace);
    return written ? [written] : [];
  });
}

/** A pointer to a list's end names the item that shows a mark of the operation. */
function leadsTo(
  steps: FieldPath,
  path: FieldPath,
  at: FieldPath,
  document: SourceDocument,
  { occurrences }: Trace,
): boolean {
  if (steps.length > path.length) return false;
  if (!isEnd(steps.at(-1))) return beginsWith(path, steps);
  const item = path.slice(0, steps.length);
  return (
    beginsWith(path, steps.slice(0, -1)) &&
    occurrences.some(
      (one) =>
        one.token.document === document &&
        beginsWith(one.token.path, at) &&
        beginsWith(one.path, item),
    )
  );
}
