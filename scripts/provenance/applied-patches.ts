import { textAt } from '../kubernetes/fields.ts';
import type { PatchEntry } from '../kubernetes/patch-entries.ts';
import { matches, selects } from '../kubernetes/patch-target.ts';
import type { GraphNode } from './graph.ts';
import { namesBefore } from './names-before.ts';
import { nodesAround } from './nodes-around.ts';
import { inlineKey, type Plot } from './plant.ts';
import type { SourceDocument } from './source-document.ts';
import type { Trace } from './trace.ts';

/** A document of a patch, and the kustomization that lists it. */
interface ListedPatch {
  readonly document: SourceDocument;
  readonly entry: PatchEntry;
  readonly node: GraphNode;
}

const applied = new WeakMap<Trace, readonly ListedPatch[]>();
const listed = new WeakMap<Plot, Map<string, readonly ListedPatch[]>>();

/** The patches that are for an object, kustomization by kustomization; asked for with every field. */
export function appliedPatches(trace: Trace): readonly ListedPatch[] {
  const known = applied.get(trace);
  if (known) return known;
  const around = new Set(nodesAround(trace));
  const own = listedFor(trace).filter(
    ({ document, entry, node }) => around.has(node) && applies(document, entry, node, trace),
  );
  applied.set(trace, own);
  return own;
}

/** Most patches are for another kind, and then nothing else of them matters. */
function listedFor({ manifest: { kind }, plot, planted }: Trace): readonly ListedPatch[] {
  const byKind = listed.get(plot) ?? new Map<string, readonly ListedPatch[]>();
  listed.set(plot, byKind);
  const known = byKind.get(kind);
  if (known) return known;
  const nodes = [...plot.graph.nodes.values()].sort((a, b) => a.order - b.order);
  const all = nodes.flatMap((node) =>
    node.patches.flatMap((entry) =>
      patchDocuments(entry, { planted })
        .filter((document) => isForKind(document, entry, kind))
        .map((document) => ({ document, entry, node })),
    ),
  );
  byKind.set(kind, all);
  return all;
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
  if (!isForKind(document, entry, manifest.kind)) return false;
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

function isForKind({ value }: SourceDocument, { target }: PatchEntry, kind: string): boolean {
  return target ? matches(textAt(target, ['kind']), kind) : textAt(value, ['kind']) === kind;
}
