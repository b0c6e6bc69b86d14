import { minorOf } from '../kubernetes/cluster-file.ts';
import type { Cluster, Manifest, Rendered } from '../model.ts';
import { UserError } from '../shared/errors.ts';
import { ajvJudge } from './ajv-judge.ts';
import type { Judge, JudgeOptions } from './judge.ts';
import type { SchemaProblem } from './problems.ts';
import { isOneOf, type SchemaChoice } from './schema-choice.ts';

export interface LoadSchemasOptions {
  readonly rendered: readonly Rendered[];
  readonly clusters: readonly Cluster[];
  /** Decides instead of what each cluster says, as `1.34`. */
  readonly kubernetesVersion?: string;
  /** CRDs of the repository that none of the targets renders. */
  readonly otherCrds: readonly Manifest[];
  readonly choice?: SchemaChoice;
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

/**
 * Loads the schemas of all kinds that were rendered, once for each Kubernetes version.
 *
 * @throws UserError when `kubernetesVersion` is no version, or the choice cannot be met
 */
export async function loadSchemas(options: LoadSchemasOptions): Promise<Schemas> {
  const { rendered, kubernetesVersion, otherCrds, choice = {} } = options;
  if (kubernetesVersion !== undefined && !minorOf(kubernetesVersion)) {
    throw new UserError(`"${kubernetesVersion}" is no Kubernetes version such as 1.34`);
  }
  const versionsOf = versionLookup(options);
  const all = rendered.flatMap((one) => one.manifests);
  const own = [...all, ...otherCrds]
    .filter(({ kind }) => kind === 'CustomResourceDefinition')
    .map(({ data }) => data);
  const crds = [...(await givenCrds(choice)), ...own];
  const isChecked = (one: Manifest) => !isOneOf(one, choice.skip) && !isOneOf(one, choice.reject);
  const manifests = all.filter(isChecked);
  const byVersion = Map.groupBy(
    manifests.flatMap((manifest) => versionsOf(manifest).map((version) => ({ version, manifest }))),
    ({ version }) => version,
  );
  const engine = await engineOf(choice);
  const judges = new Map<string, Judge>();
  for (const [version, used] of byVersion) {
    const kubernetes = version === newest ? {} : { kubernetes: version };
    const wanted = { manifests: used.map(({ manifest }) => manifest), crds, choice };
    judges.set(version, await engine({ ...wanted, ...kubernetes }));
  }
  const verdicts = (manifest: Manifest) =>
    versionsOf(manifest).map((version) => judges.get(version)?.(manifest));
  return { check, notChecked: notCheckedOf(manifests, verdicts) };

  function check(manifest: Manifest): SchemaProblem[] {
    if (isOneOf(manifest, choice.skip)) return [];
    if (isOneOf(manifest, choice.reject)) return [rejected(manifest)];
    const told = verdicts(manifest);
    const problems = told.flatMap((one) => one ?? []);
    if (choice.unknownKinds && told.every((one) => one === undefined)) {
      return [{ ...withoutSchema(manifest), severity: choice.unknownKinds }];
    }
    if (problems.length < 2) return problems;
    return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
  }
}

async function givenCrds({ crds = [] }: SchemaChoice): Promise<Manifest['data'][]> {
  if (crds.length === 0) return [];
  const { readCrds } = await import('./read-crds.ts');
  return crds.flatMap(readCrds);
}

async function engineOf({ engine }: SchemaChoice): Promise<(o: JudgeOptions) => Promise<Judge>> {
  if (engine !== 'kubeconform') return ajvJudge;
  return (await import('./kubeconform-judge.ts')).kubeconformJudge;
}

function rejected({ kind }: Manifest): SchemaProblem {
  const fix = 'Remove the object, or its kind from --reject.';
  return { path: ['kind'], message: `kind "${kind}" is rejected`, fix };
}

function withoutSchema({ apiVersion, kind }: Manifest): SchemaProblem {
  return {
    path: ['kind'],
    message: `no schema is known for ${apiVersion} ${kind}`,
    fix: 'Name its CRD with --crds, or where its schema is with --schema-location.',
  };
}

function versionLookup({ clusters, kubernetesVersion }: LoadSchemasOptions) {
  const known = new Map(clusters.map(({ name, kubernetes }) => [name, kubernetes ?? newest]));
  return ({ target }: Manifest): string[] => {
    if (kubernetesVersion !== undefined) return [kubernetesVersion];
    const versions = new Set((target?.clusters ?? []).map((name) => known.get(name) ?? newest));
    return versions.size > 0 ? [...versions] : [newest];
  };
}

/** One manifest of each kind tells: schemas are by kind. */
function notCheckedOf(
  manifests: readonly Manifest[],
  verdicts: (manifest: Manifest) => readonly (readonly SchemaProblem[] | undefined)[],
): string[] {
  const known = new Map<string, boolean>();
  for (const manifest of manifests) {
    const name = `${manifest.apiVersion}/${manifest.kind}`;
    if (!known.has(name))
      known.set(
        name,
        verdicts(manifest).some((one) => one !== undefined),
      );
  }
  return [...known]
    .filter(([, isKnown]) => !isKnown)
    .map(([name]) => name)
    .sort();
}
