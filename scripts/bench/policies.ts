import { globSync, readFileSync } from 'node:fs';
import { manifestsOf } from '../kubernetes/manifests.ts';
import { readYaml } from '../kubernetes/yaml.ts';
import type { Manifest } from '../model.ts';
import { requestFor } from '../policy/admission-request.ts';
import { compilePolicy } from '../policy/compile-policy.ts';
import { type BoundPolicy, decide } from '../policy/decide.ts';
import { type FoundPolicy, findPolicies } from '../policy/find-policies.ts';
import { resourceOf } from '../schema/resources.ts';

const policiesWanted = 31;
const objectsWanted = 6_000;
const rounds = 7;

/**
 * Times 31 policies of a folder over 6,000 objects of the golden renders, each one new, so that
 * nothing is remembered; compiling is part of it. `node scripts/bench/policies.ts policies/base`
 *
 * @returns a line for people
 */
export function timePolicies(folder: string): string {
  const found = findPolicies(manifestsIn(folder));
  const objects = manifestsIn('test/golden');
  if (found.policies.length === 0 || objects.length === 0) return 'policies: there are none';
  const times: number[] = [];
  let decisions = 0;
  let refusals = 0;
  for (let round = 0; round < rounds; round++) {
    const manifests = repeated(objects, objectsWanted).map((one) => structuredClone(one));
    decisions = 0;
    refusals = 0;
    const started = performance.now();
    const policies = repeated(found.policies, policiesWanted).map(toBound);
    for (const manifest of manifests) {
      const request = requestFor(manifest, { resourceOf, namespaces: new Map() });
      if (!request) continue;
      decisions += policies.length;
      refusals += decide(policies, request, found.params).length;
    }
    times.push(performance.now() - started);
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] as number;
  const speed = Math.round(decisions / (median / 1000)).toLocaleString('en');
  return [
    `${policiesWanted} policies over ${objectsWanted} objects, ${refusals} refusals, median of ${rounds}`,
    `  ${(median / 1000).toFixed(3)} s, ${speed} decisions per second`,
  ].join('\n');
}

function toBound({ name, spec }: FoundPolicy): BoundPolicy {
  const paramRef = { anyNamespace: true, selector: {} } as const;
  const binding = { validationActions: ['Deny'] as const, ...(spec.paramKind && { paramRef }) };
  return { name, policy: compilePolicy(spec), bindings: [{ name, spec: binding }] };
}

function repeated<T>(items: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, index) => items[index % items.length] as T);
}

function manifestsIn(folder: string): Manifest[] {
  return globSync(`${folder}/**/*.yaml`)
    .filter((file) => !/\/(?:tests|kustomization)\.yaml$/.test(file))
    .sort()
    .flatMap((file) => manifestsOf(readYaml(readFileSync(file, 'utf8'), file).documents, {}));
}

if (import.meta.main) console.log(timePolicies(process.argv[2] ?? 'policies'));
