import { textAt } from '../kubernetes/fields.ts';
import type { GraphNode } from './graph.ts';
import { nodesAround } from './nodes-around.ts';
import type { Trace } from './trace.ts';

/**
 * The names by which kustomize finds an object when a kustomization patches it: those that
 * it has had so far. Its own prefix and suffix come only after its patches.
 *
 * Source: PrefixTransformer and SuffixTransformer run after the patches (kusttarget.go), and a
 * target's name is compared with the current and all previous names (resmap).
 */
export function namesBefore(node: GraphNode, trace: Trace): readonly string[] {
  const { manifest, origin, renames } = trace;
  const written = origin && textAt(origin.document.value, [...origin.at, 'metadata', 'name']);
  const all = [manifest.name, ...(written ? [written] : []), ...(renames.get(manifest.name) ?? [])];
  if (!written) return all;
  const names = [written];
  let before: readonly string[] | undefined;
  for (const one of nodesAround(trace)) {
    if (one.order >= node.order) before ??= [...names];
    const prefix = textAt(one.value, ['namePrefix']) ?? '';
    const suffix = textAt(one.value, ['nameSuffix']) ?? '';
    if (prefix || suffix) names.push(`${prefix}${names.at(-1)}${suffix}`);
  }
  // Where something else has renamed it, nobody knows when.
  return names.at(-1) === manifest.name ? (before ?? names) : all;
}
