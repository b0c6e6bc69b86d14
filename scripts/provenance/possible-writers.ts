import { valueAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import { appliedPatches } from './applied-patches.ts';
import { generatorEntriesOf, keyIn } from './generator-entries.ts';
import type { GraphNode } from './graph.ts';
import { kustomizationWriters } from './kustomization-writers.ts';
import { mapPath } from './map-path.ts';
import { nodesAround } from './nodes-around.ts';
import { writtenByOperations } from './operations.ts';
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
  for (const { document, node } of appliedPatches(trace)) {
    writers.push(...writtenBy(document, path, node.order, trace));
  }
  for (const node of nodes) writers.push(...kustomizationWriters(node, path, trace));
  return writers.sort(byOrder);
}

function orderOfResource({ file }: SourceDocument, nodes: readonly GraphNode[]): number {
  return nodes.find(({ scope }) => scope.has(file))?.order ?? -1;
}

function generatorWriters(trace: Trace, path: FieldPath): Writer[] {
  const [top, key] = path;
  return generatorEntriesOf(trace).flatMap((entry): Writer[] => {
    const { document } = entry;
    const order = trace.plot.graph.nodes.get(document.file)?.order ?? 0;
    if (path.length <= 1) return [writerAt(document, entry.path, order)];
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

/** What a patch writes into a field. */
function writtenBy(
  document: SourceDocument,
  path: FieldPath,
  order: number,
  trace: Trace,
): Writer[] {
  if (document.kind === 'merge patch') {
    const isName = path[0] === 'metadata' && (path[1] === 'name' || path[1] === 'namespace');
    const isType = path.length === 1 && (path[0] === 'kind' || path[0] === 'apiVersion');
    // By these a patch only says what it is for.
    if (isName || isType) return [];
    const written = mapPath(document, [], path, 0, trace);
    return written ? [writerAt(document, written, order)] : [];
  }
  return writtenByOperations(document, path, order, trace);
}
