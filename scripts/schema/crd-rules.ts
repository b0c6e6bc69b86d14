import { type Fields, fieldsOf, items } from '../kubernetes/faults.ts';
import { textAt } from '../kubernetes/fields.ts';
import type { Manifest, Rendered } from '../model.ts';
import { isLarger } from './is-larger.ts';
import type { SchemaProblem } from './problems.ts';
import { type VersionSources, versionsOf } from './versions-of.ts';

export interface CrdRulesOptions extends VersionSources {
  readonly rendered: readonly Rendered[];
  /** CRDs of the repository that none of the targets renders. */
  readonly otherCrds: readonly Manifest[];
  /** What the plain schemas refuse: the rules judge only what passes them. */
  readonly check: (manifest: Manifest) => readonly SchemaProblem[];
}

/** What a custom resource fails, or what is wrong with the rules of a definition. */
type RuleCheck = (manifest: Manifest) => readonly SchemaProblem[];

/** One version of a definition, by whom it is brought. */
interface Definition {
  readonly crd: Manifest;
  /** Its `openAPIV3Schema` as JSON. */
  readonly schema: string;
}

/** The API server takes no object of more than some megabytes. */
const mostValues = 100_000;

/**
 * Prepares the `x-kubernetes-validations` of the repository's own definitions. Without such
 * rules nothing is loaded.
 */
export async function loadCrdRules(options: CrdRulesOptions): Promise<RuleCheck> {
  const { rendered, otherCrds, check } = options;
  const manifests = rendered.flatMap((one) => one.manifests);
  const definitions = definitionsOf([...manifests, ...otherCrds]);
  const isNeeded = manifests.some((one) => definitions.has(keyOf(one)) || hasRules(one));
  if (!isNeeded) return () => [];
  const [{ ruleJudge }, { ruleFaults }] = await Promise.all([
    import('./rule-judge.ts'),
    import('./rule-faults.ts'),
  ]);
  const versionsFor = versionsOf(options);
  const judges = new Map<string, ReturnType<typeof ruleJudge>>();
  return (manifest) => {
    if (isDefinition(manifest)) {
      if (!hasRules(manifest)) return [];
      return distinct(versionsFor(manifest).flatMap((one) => ruleFaults(manifest.data, one)));
    }
    const candidates = nearestTo(manifest, definitions.get(keyOf(manifest)) ?? []);
    if (candidates.length === 0 || isLarger(manifest.data, mostValues)) return [];
    if (check(manifest).length > 0) return [];
    return distinct(
      versionsFor(manifest).flatMap((version) => told(manifest, candidates, version)),
    );
  };

  function told(manifest: Manifest, candidates: readonly Definition[], version?: string) {
    const schemas = new Set(candidates.map(({ schema }) => schema));
    const [first = [], ...others] = [...schemas].map((text) => {
      const key = `${version} ${text}`;
      const judge = judges.get(key) ?? ruleJudge(JSON.parse(text) as Fields, version);
      judges.set(key, judge);
      return judge(manifest.data);
    });
    // Nobody knows which of several definitions is in the cluster: all have to agree.
    const agreed = others.map((one) => new Set(one.map((problem) => JSON.stringify(problem))));
    return first.filter((problem) => agreed.every((one) => one.has(JSON.stringify(problem))));
  }
}

/** Served versions that have rules, and those of the same kind that have none. */
function definitionsOf(manifests: readonly Manifest[]): Map<string, Definition[]> {
  const crds = manifests.filter(isDefinition);
  const found = new Map<string, Definition[]>();
  for (const crd of crds) {
    const group = textAt(crd.data, ['spec', 'group']);
    const kind = textAt(crd.data, ['spec', 'names', 'kind']);
    for (const [version] of items(fieldsOf(crd.data.spec).versions, [])) {
      if (version.served === false) continue;
      const schema = JSON.stringify(fieldsOf(fieldsOf(version.schema).openAPIV3Schema));
      const key = `${group}/${version.name}/${kind}`;
      const known = found.get(key) ?? [];
      found.set(key, [...known, { crd, schema }]);
    }
  }
  const ruled = [...found].filter(([, all]) => all.some(({ schema }) => mentionsRules(schema)));
  return new Map(ruled);
}

/** Definitions that land where the manifest lands, or else all of them. */
function nearestTo({ target }: Manifest, all: readonly Definition[]): readonly Definition[] {
  const near = all.filter(({ crd }) =>
    crd.target?.clusters.some((name) => target?.clusters.includes(name)),
  );
  return near.length > 0 ? near : all;
}

function isDefinition({ apiVersion, kind, data }: Manifest): boolean {
  if (apiVersion !== 'apiextensions.k8s.io/v1' || kind !== 'CustomResourceDefinition') return false;
  return !isLarger(data, mostValues);
}

function hasRules(manifest: Manifest): boolean {
  return isDefinition(manifest) && mentionsRules(JSON.stringify(manifest.data));
}

function mentionsRules(json: string): boolean {
  return json.includes('"x-kubernetes-validations":');
}

function keyOf({ apiVersion, kind }: Manifest): string {
  return `${apiVersion}/${kind}`;
}

function distinct(problems: readonly SchemaProblem[]): SchemaProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
