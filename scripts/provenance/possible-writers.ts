import { textAt, valueAt } from '../kubernetes/fields.ts';
import { matches, selects } from '../kubernetes/patch-target.ts';
import type { FieldPath } from '../model.ts';
import { generatorEntriesOf, keyIn } from './generator-entries.ts';
import type { GraphNode, PatchEntry } from './graph.ts';
import { kustomizationWriters } from './kustomization-writers.ts';
import { mapPath } from './map-path.ts';
import { namesBefore } from './names-before.ts';
import { nodesAround } from './nodes-around.ts';
import { writtenByOperations } from './operations.ts';
import { inlineKey } from './plant.ts';
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
        if (!applies(document, entry, node, trace)) continue;
        writers.push(...writtenBy(document, path, node.order, trace));
      }
    }
    writers.push(...kustomizationWriters(node, path, trace));
  }
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

/** The documents of a patch, as they are open for marks. */
export function patchDocuments(
  { kustomization, inline, file }: PatchEntry,
  { planted }: Pick<Trace, 'planted'>,
): readonly SourceDocument[] {
  if (inline) return planted.inline.get(inlineKey(kustomization, inline)) ?? [];
  return planted.documents.get(file ?? '') ?? [];
}

/** Whether a patch is for an object, as far as its target or its own names tell. */
export function applies(
  document: SourceDocument,
  entry: PatchEntry,
  node: GraphNode,
  trace: Trace,
): boolean {
  const { manifest } = trace;
  const { target } = entry;
  // Most patches are for another kind, and then nothing else matters.
  const isKind = target
    ? matches(textAt(target, ['kind']), manifest.kind)
    : textAt(document.value, ['kind']) === manifest.kind;
  if (!isKind) return false;
  const names = namesBefore(entry, node, trace);
  if (target) return selects(target, { ...manifest, name: names.at(-1) ?? manifest.name }, names);
  const name = textAt(document.value, ['metadata', 'name']);
  const namespace = textAt(document.value, ['metadata', 'namespace']);
  return (
    name !== undefined &&
    names.includes(name) &&
    (namespace === undefined || namespacesOf(trace).includes(namespace))
  );
}

/** The namespace that an object is rendered with, and the one that it is written with. */
function namespacesOf({ manifest, origin }: Trace): (string | undefined)[] {
  const at = origin && [...origin.at, 'metadata', 'namespace'];
  return [manifest.namespace, at && textAt(origin.document.value, at)];
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
