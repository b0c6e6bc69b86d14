import type { Manifest } from '../model.ts';
import { isKyverno } from './kyverno.ts';
import { readBindingSpec, readPolicySpec } from './read-spec.ts';
import type { BindingSpec, KubernetesObject, PolicySpec } from './types.ts';

/** A ValidatingAdmissionPolicy among manifests. */
export interface FoundPolicy {
  readonly manifest: Manifest;
  readonly name: string;
  readonly spec: PolicySpec;
}

/** A ValidatingAdmissionPolicyBinding among manifests. */
export interface FoundBinding {
  readonly manifest: Manifest;
  readonly name: string;
  readonly spec: BindingSpec;
}

/** The policies among manifests with what decides about their use. */
export interface PolicySet {
  readonly policies: readonly FoundPolicy[];
  readonly bindings: readonly FoundBinding[];
  /** Objects of the kinds that a policy takes as parameters. */
  readonly params: readonly KubernetesObject[];
  /** Kyverno's CEL policies, and the exceptions from them. */
  readonly kyverno: readonly Manifest[];
}

const versions = ['v1', 'v1beta1', 'v1alpha1'].map((one) => `admissionregistration.k8s.io/${one}`);

/** Whether a manifest is a policy. */
export function isPolicy({ apiVersion, kind }: Manifest): boolean {
  return kind === 'ValidatingAdmissionPolicy' && versions.includes(apiVersion);
}

/** Finds policies, bindings and parameters; of two with one name the first counts. */
export function findPolicies(manifests: readonly Manifest[]): PolicySet {
  const policies = firsts(manifests.filter(isPolicy)).map((manifest) => ({
    manifest,
    name: manifest.name,
    spec: readPolicySpec(manifest.data.spec),
  }));
  const bindings = firsts(
    manifests.filter(
      ({ apiVersion, kind }) =>
        kind === 'ValidatingAdmissionPolicyBinding' && versions.includes(apiVersion),
    ),
  ).map((manifest) => ({
    manifest,
    name: manifest.name,
    spec: readBindingSpec(manifest.data.spec),
  }));
  const kinds = new Set(
    policies.flatMap(({ spec: { paramKind } }) =>
      paramKind ? `${paramKind.apiVersion}/${paramKind.kind}` : [],
    ),
  );
  const params = manifests.filter(({ apiVersion, kind }) => kinds.has(`${apiVersion}/${kind}`));
  return {
    policies,
    bindings,
    params: firsts(params).map(({ data }) => data),
    kyverno: firsts(manifests.filter(isKyverno)),
  };
}

function firsts(manifests: readonly Manifest[]): Manifest[] {
  const byName = new Map<string, Manifest>();
  for (const one of manifests) {
    const key = `${one.kind} ${one.namespace ?? ''}/${one.name}`;
    if (!byName.has(key)) byName.set(key, one);
  }
  return [...byName.values()];
}
