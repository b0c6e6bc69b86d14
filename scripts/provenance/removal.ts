import { listAt, recordAt } from '../kubernetes/fields.ts';
import type { PatchEntry } from '../kubernetes/patch-entries.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { patchDocuments } from './applied-patches.ts';
import { asBuilt, type CanaryContext } from './canary.ts';
import { buildCopies } from './copies.ts';
import type { GraphNode } from './graph.ts';
import { type Removal, removalIn } from './removal-place.ts';
import type { Trace } from './trace.ts';

/** More patches are not tried one by one. */
const mostPatches = 50;

/**
 * Finds the patch that takes a field away, by building without each in turn until the
 * field is there.
 *
 * @param path the field as the object's own document has it
 * @param isThere whether an object has the field
 */
export async function findRemoval(
  trace: Trace,
  path: FieldPath,
  isThere: (data: Manifest['data']) => boolean,
  context: CanaryContext,
): Promise<Removal | undefined> {
  const { plot, manifest } = trace;
  const found = context.targets.find(({ target }) => target.name === manifest.target?.name);
  const { targets, context: own } = asBuilt(found ? [found] : [], context);
  const [one] = targets;
  if (!one) return undefined;
  const entries = [...plot.graph.nodes.values()]
    .sort((a, b) => b.order - a.order)
    .flatMap((node) => node.patches.map((entry) => ({ node, entry })))
    .filter(({ entry }) => couldRemove(entry, trace))
    .slice(0, mostPatches);
  for (const { node, entry } of entries) {
    const texts = new Map([[node.file, without(node, entry)]]);
    const [built] = await buildCopies(one.input.files, () => texts, [one], own);
    const same = built?.manifests.find((other) => isSame(manifest, other));
    if (same && isThere(same.data)) return removalIn(entry, node, path, trace);
  }
  return undefined;
}

function isSame(a: Manifest, b: Manifest): boolean {
  return a.kind === b.kind && a.name === b.name && a.namespace === b.namespace;
}

/** Only removing operations, nulls and directives take anything away, and replaced wholes. */
function couldRemove(entry: PatchEntry, trace: Trace): boolean {
  return patchDocuments(entry, trace).some(({ value }) =>
    /"op":"(remove|replace|add|move)"|null|"\$patch"/.test(JSON.stringify(value)),
  );
}

/** A kustomization without a patch; it is written as JSON, for this copy is for kustomize alone. */
export function without({ value }: GraphNode, { path: [field, index] }: PatchEntry): string {
  const patches = listAt(value, [String(field)]).filter((_, at) => at !== index);
  return JSON.stringify({ ...recordAt(value, []), [String(field)]: patches });
}
