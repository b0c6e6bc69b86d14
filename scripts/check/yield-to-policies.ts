import { toPointer } from '../kubernetes/fields.ts';
import type { Manifest, Problem, Rule } from '../model.ts';
import type { Seen } from './problems.ts';

type SeenByRule = Seen & { readonly rule: Rule };
type OfManifest = Extract<Problem, { readonly manifest: Manifest }>;

/** The rule that tells what admission policies refuse. */
const refuses = 'policies/satisfied';

/**
 * One slip is told once: what a rule with `yieldsToPolicies` saw is left out where a policy refuses
 * the same field of the same object, in every cluster that the object lands in.
 */
export function yieldToPolicies<S extends SeenByRule>(seen: readonly S[]): readonly S[] {
  if (!seen.some(({ rule }) => rule.yieldsToPolicies)) return seen;
  const refused = refusals(seen);
  return seen.filter(({ rule, problem }) => {
    if (!rule.yieldsToPolicies || !('manifest' in problem)) return true;
    const where = refused.get(problem.manifest)?.get(toPointer(problem.path));
    return !where || !clustersOf(problem).every((cluster) => where.has(cluster));
  });
}

/** The clusters that refuse each field of an object. */
function refusals(
  seen: readonly SeenByRule[],
): ReadonlyMap<Manifest, ReadonlyMap<string, ReadonlySet<string>>> {
  const refused = new Map<Manifest, Map<string, Set<string>>>();
  for (const { rule, problem, cluster } of seen) {
    const { severity = rule.severity } = problem;
    if (rule.id !== refuses || !('manifest' in problem) || severity === 'note') continue;
    const fields = refused.get(problem.manifest) ?? new Map<string, Set<string>>();
    refused.set(problem.manifest, fields);
    const pointer = toPointer(problem.path);
    fields.set(pointer, (fields.get(pointer) ?? new Set<string>()).add(cluster ?? ''));
  }
  return refused;
}

/** The empty name stands for what no cluster syncs. */
function clustersOf({ manifest }: OfManifest): readonly string[] {
  const { clusters = [] } = manifest.target ?? {};
  return clusters.length > 0 ? clusters : [''];
}
