import { minorOf } from '../kubernetes/cluster-file.ts';
import type { Cluster, Manifest, Rendered } from '../model.ts';
import { UserError } from '../shared/errors.ts';
import type { SchemaProblem } from './problems.ts';
import { unknownKind } from './unknown-kind.ts';
import { loadValidators, type Validators } from './validators.ts';

export interface LoadSchemasOptions {
  readonly rendered: readonly Rendered[];
  readonly clusters: readonly Cluster[];
  /** Decides instead of what each cluster says, as `1.34`. */
  readonly kubernetesVersion?: string;
  /** CRDs of the repository that none of the targets renders. */
  readonly otherCrds: readonly Manifest[];
}

/** The schemas that a run needs, for every Kubernetes version among its clusters. */
export interface Schemas {
  /** What the API servers that the manifest is for refuse in it, each problem once. */
  check(manifest: Manifest): readonly SchemaProblem[];
  /** Kinds that no schema is known for, as `apiVersion/Kind`, sorted. */
  readonly notChecked: readonly string[];
}

/** What a manifest is checked for when no cluster says which Kubernetes it runs. */
const newest = 'newest';

function wanted(version: string): string | undefined {
  return version === newest ? undefined : version;
}

/**
 * Loads the schemas of all kinds that were rendered, once for each Kubernetes version.
 *
 * @throws UserError when `kubernetesVersion` is no version
 */
export async function loadSchemas(options: LoadSchemasOptions): Promise<Schemas> {
  const { rendered, kubernetesVersion, otherCrds } = options;
  if (kubernetesVersion !== undefined && !minorOf(kubernetesVersion)) {
    throw new UserError(`"${kubernetesVersion}" is no Kubernetes version such as 1.34`);
  }
  const versionsOf = versionLookup(options);
  const manifests = rendered.flatMap((one) => one.manifests);
  const crds = [...manifests, ...otherCrds]
    .filter(({ kind }) => kind === 'CustomResourceDefinition')
    .map(({ data }) => data);
  const kinds = Map.groupBy(
    manifests.flatMap((manifest) => versionsOf(manifest).map((version) => ({ version, manifest }))),
    ({ version }) => version,
  );
  const validators = new Map<string, Validators>();
  for (const [version, used] of kinds) {
    const kubernetes = wanted(version);
    const options = { kinds: used.map(({ manifest }) => manifest), crds };
    const loaded = await loadValidators({ ...options, ...(kubernetes && { kubernetes }) });
    validators.set(version, loaded);
  }
  const check = (manifest: Manifest): SchemaProblem[] => {
    const problems = versionsOf(manifest).flatMap((version) => {
      const one = validators.get(version);
      return one ? problemsIn(manifest, version, one) : [];
    });
    return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
  };
  return { check, notChecked: unknownKinds(manifests, versionsOf, validators) };
}

/** A kind without a schema is a problem only where the catalogue knows its whole group. */
function problemsIn({ data, apiVersion, kind }: Manifest, version: string, one: Validators) {
  const problems = one.problemsOf(data);
  if (problems) return problems;
  const unknown = unknownKind(apiVersion, kind, wanted(version));
  return unknown ? [unknown] : [];
}

function versionLookup({ clusters, kubernetesVersion }: LoadSchemasOptions) {
  const known = new Map(clusters.map(({ name, kubernetes }) => [name, kubernetes ?? newest]));
  return ({ target }: Manifest): string[] => {
    if (kubernetesVersion !== undefined) return [kubernetesVersion];
    const versions = new Set((target?.clusters ?? []).map((name) => known.get(name) ?? newest));
    return versions.size > 0 ? [...versions] : [newest];
  };
}

function unknownKinds(
  manifests: readonly Manifest[],
  versionsOf: (manifest: Manifest) => string[],
  validators: ReadonlyMap<string, Validators>,
): string[] {
  const unknown = new Set<string>();
  const known = new Set<string>();
  for (const manifest of manifests) {
    const { apiVersion, kind, data } = manifest;
    const name = `${apiVersion}/${kind}`;
    if (known.has(name) || unknown.has(name)) continue;
    const hasSchema = versionsOf(manifest).some((version) => {
      const one = validators.get(version);
      return one?.problemsOf(data) !== undefined || unknownKind(apiVersion, kind, wanted(version));
    });
    (hasSchema ? known : unknown).add(name);
  }
  return [...unknown].sort();
}
