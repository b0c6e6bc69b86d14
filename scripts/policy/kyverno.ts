import { fieldsOf } from '../kubernetes/faults.ts';
import { listAt, textAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { FieldPath, Manifest } from '../model.ts';
import type { CompiledPolicy } from './compile-policy.ts';
import type { BoundPolicy } from './decide.ts';
import type { FoundPolicy } from './find-policies.ts';
import { clause } from './policy-report.ts';
import { readBindingSpec, readPolicySpec } from './read-spec.ts';

const group = 'policies.kyverno.io';

/** What becomes of Kyverno's CEL policies without Kyverno. */
export interface KyvernoPolicies {
  /** Those that decide as ValidatingAdmissionPolicies do. */
  readonly portable: readonly BoundPolicy[];
  /** A note for each policy. */
  readonly notes: readonly KyvernoNote[];
}

interface KyvernoNote {
  readonly manifest: Manifest;
  readonly path: FieldPath;
  readonly message: string;
}

/** Whether a manifest belongs to Kyverno's CEL policies. */
export function isKyverno(manifest: Manifest): boolean {
  const isException = manifest.kind === 'PolicyException';
  return isKyvernoPolicy(manifest) || (isException && groupOf(manifest.apiVersion) === group);
}

function isKyvernoPolicy({ apiVersion, kind }: Manifest): boolean {
  return kind === 'ValidatingPolicy' && groupOf(apiVersion) === group;
}

/**
 * Tells the portable ones of Kyverno's CEL policies from the others: those that use nothing but
 * what the API server has. Rules that Kyverno derives for the controllers of pods do not count.
 *
 * @param compile for the Kubernetes version that decides
 */
export function kyvernoPolicies(
  manifests: readonly Manifest[],
  compile: (found: FoundPolicy) => CompiledPolicy,
): KyvernoPolicies {
  const excepted = new Set(manifests.flatMap(exceptedBy));
  const portable: BoundPolicy[] = [];
  const notes = manifests.filter(isKyvernoPolicy).map((manifest): KyvernoNote => {
    const { name, data } = manifest;
    const policy = compile({ manifest, name, spec: readPolicySpec(data.spec) });
    const obstacle = obstacleOf(manifest, policy, excepted);
    if (obstacle) {
      const message = `policy "${name}" needs Kyverno and is not decided here: ${clause(obstacle.message)}`;
      return { manifest, path: obstacle.path, message };
    }
    const { validationActions } = fieldsOf(data.spec);
    const actions = Array.isArray(validationActions) ? validationActions : ['Deny'];
    const spec = readBindingSpec({ policyName: name, validationActions: actions });
    portable.push({ name, policy, bindings: [{ name, spec }] });
    const message = `policy "${name}" would decide the same as a ValidatingAdmissionPolicy`;
    return { manifest, path: ['kind'], message };
  });
  return { portable, notes };
}

function obstacleOf(
  { name, data }: Manifest,
  { problems }: CompiledPolicy,
  excepted: ReadonlySet<string>,
): { readonly path: FieldPath; readonly message: string } | undefined {
  const mode = textAt(data, ['spec', 'evaluation', 'mode']);
  if (mode !== undefined && mode !== 'Kubernetes') {
    return { path: ['spec', 'evaluation', 'mode'], message: `it decides about ${mode}` };
  }
  const [problem] = problems;
  if (problem) {
    const path = problem.path.slice(1).split('/');
    const steps = path.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    return { path: steps, message: problem.message };
  }
  if (!excepted.has(name)) return undefined;
  return { path: ['metadata', 'name'], message: 'a PolicyException is about it' };
}

function exceptedBy({ apiVersion, kind, data }: Manifest): string[] {
  if (kind !== 'PolicyException' || groupOf(apiVersion) !== group) return [];
  return listAt(data, ['spec', 'policyRefs']).flatMap((ref) => textAt(ref, ['name']) ?? []);
}
