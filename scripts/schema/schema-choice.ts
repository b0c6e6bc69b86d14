import type { Manifest, Severity } from '../model.ts';

/** What the user says about schemas, besides which Kubernetes version counts. */
export interface SchemaChoice {
  /** Who decides; `ajv` by default. The other one is the real kubeconform, which must be installed. */
  readonly engine?: 'ajv' | 'kubeconform';
  /** Folders or files with CRDs that win over the catalogue; the repository's own win over them. */
  readonly crds?: readonly string[];
  /** Where schemas are, best first: templates of kubeconform, folders, or `default`. */
  readonly locations?: readonly string[];
  /** Whether schema locations may be on the network. */
  readonly network?: boolean;
  /** Kinds that nothing is told about, as `Kind` or `apiVersion/Kind`. */
  readonly skip?: readonly string[];
  /** Kinds that must not be there, likewise. */
  readonly reject?: readonly string[];
  /** How much it weighs that a kind has no schema; only named as not checked when absent. */
  readonly unknownKinds?: Severity;
}

/** Whether a manifest is of one of these kinds, given as `Kind` or `apiVersion/Kind`. */
export function isOneOf(
  { apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>,
  kinds: readonly string[] = [],
): boolean {
  return kinds.includes(kind) || kinds.includes(`${apiVersion}/${kind}`);
}
