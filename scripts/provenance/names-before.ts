import { textAt } from '../kubernetes/fields.ts';
import type { PatchEntry } from '../kubernetes/patch-entries.ts';
import type { GraphNode } from './graph.ts';
import { nodesAround } from './nodes-around.ts';
import type { Trace } from './trace.ts';

/**
 * The names by which kustomize finds an object when it comes to a patch, the current one last.
 * A target asks for the written name and the current one, a patch without one for any that the
 * object has had. The kustomization's own prefix and suffix come only after its `patches`, but
 * before `patchesJson6902`. (Tried with kustomize 5.8.1.)
 */
export function namesBefore(
  { target, path: [field] }: PatchEntry,
  node: GraphNode,
  trace: Trace,
): readonly string[] {
  const { manifest, origin, renames } = trace;
  const written = origin && textAt(origin.document.value, [...origin.at, 'metadata', 'name']);
  if (!written) return [...(renames.get(manifest.name) ?? []), manifest.name];
  const last = field === 'patchesJson6902' ? node.order : node.order - 1;
  const names = [written];
  let before: readonly string[] = [written];
  for (const one of nodesAround(trace)) {
    const prefix = textAt(one.value, ['namePrefix']) ?? '';
    const suffix = textAt(one.value, ['nameSuffix']) ?? '';
    if (prefix || suffix) names.push(`${prefix}${names.at(-1)}${suffix}`);
    if (one.order <= last) before = [...names];
  }
  // Where something else has renamed it, nobody knows when.
  if (names.at(-1) !== manifest.name) return [...names, manifest.name];
  return target ? [written, before.at(-1) ?? written] : before;
}
