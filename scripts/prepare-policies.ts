import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Discovery } from './discover/discover.ts';
import { policyTargets } from './discover/policy-targets.ts';
import { openSources } from './discover/sources.ts';
import type { Base, Manifest, Rendered } from './model.ts';
import type { ExceptionFiles } from './policy/exception-problems.ts';
import { exceptionsFile, readExceptions, textFileOf } from './policy/exceptions.ts';
import { isPolicy } from './policy/find-policies.ts';
import { environmentShownBy, environmentsFolder, environmentsIn } from './policy/policy-scopes.ts';
import { render } from './render/render.ts';
import { type PolicyCheck, saysNothing } from './rules/policies/policy-check.ts';
import { chooseVersion, schemasFolder } from './schema/catalogue.ts';
import { builtInResources } from './schema/resources.ts';
import { servedResources } from './schema/served-resources.ts';

export interface PreparePoliciesOptions {
  /** Folders and files with policies besides the repository's own, absolute. */
  readonly policies?: readonly string[];
  /** What of the repository is checked; all of it when both are empty. */
  readonly paths?: readonly string[];
  readonly clusters?: readonly string[];
  /** Files that are checked instead, such as standard input. */
  readonly given?: readonly unknown[];
  /** Decides instead of what each cluster says, as `1.34`. */
  readonly kubernetesVersion?: string;
  /** What the change starts from: objects that it has are updated, and not created. */
  readonly base?: Base;
  /** The day that exceptions are judged by, as `2027-01-31`; the computer's (UTC) by default. */
  readonly today?: string;
  /** What `renderPolicies` has begun; those that are missing there are rendered now. */
  readonly apart?: Promise<readonly Rendered[]>;
  /** Whether the API server refuses an object before any policy sees it. */
  readonly isInvalid: (manifest: Manifest) => boolean;
}

/**
 * Finds the policies that decide about what was rendered. Without any, nothing is loaded.
 *
 * @throws UserError when a folder that was named has no policies
 */
export async function preparePolicies(
  discovery: Discovery,
  rendered: readonly Rendered[],
  options: PreparePoliciesOptions,
): Promise<PolicyCheck> {
  const { policies = [], paths = [], clusters = [], given = [] } = options;
  const { kubernetesVersion, isInvalid } = options;
  const { root } = discovery;
  const apart = await rest(discovery, rendered, await options.apart);
  const environments = environmentsIn([...rendered, ...apart]);
  const isNeeded =
    policies.length > 0 ||
    environments.size > 0 ||
    rendered.some(({ manifests }) => manifests.some(isAboutPolicies));
  if (!isNeeded) return saysNothing;
  const [{ policyCheck }, { noPolicies, readPolicies }, { kindTypes }, { withCrdKinds }] =
    await Promise.all([
      import('./policy/check-policies.ts'),
      import('./policy/given-policies.ts'),
      import('./policy/kind-types.ts'),
      import('./policy/crd-types.ts'),
    ]);
  const isWhole = paths.length + given.length === 0;
  const versions = discovery.clusters.flatMap(({ kubernetes }) => kubernetes ?? []);
  const crds = [...rendered.flatMap((one) => one.manifests), ...discovery.otherCrds].filter(
    ({ kind }) => kind === 'CustomResourceDefinition',
  );
  return policyCheck({
    environments,
    given: policies.length > 0 ? readPolicies(policies, root) : noPolicies,
    resourceOf: servedResources(crds),
    kindType: (kubernetes) =>
      withCrdKinds(kindTypes(builtInResources(kubernetes), schemasOf(kubernetes)), crds),
    versionFor: ({ cluster }) => kubernetesVersion ?? cluster?.kubernetes ?? oldest(versions),
    isInvalid,
    isWhole,
    ...(options.base && { base: options.base.rendered }),
    environmentOf: environmentShownBy(discovery.clusters),
    ...(isWhole && clusters.length === 0 && exceptionsOf(root, environments, options.today)),
  });
}

/**
 * Renders the policies that decide about these targets and are none of them. Nothing that the
 * targets render to changes which those are, as a rule: both can be rendered at once.
 */
export function renderPolicies(discovery: Discovery): Promise<readonly Rendered[]> {
  return rest(discovery, discovery.targets, []);
}

/** The policies that neither the run nor `begun` has. */
async function rest(
  discovery: Discovery,
  known: readonly { readonly target: Rendered['target'] }[],
  begun: readonly Rendered[] = [],
): Promise<readonly Rendered[]> {
  const { root, sources } = discovery;
  const done = new Map(begun.map((one) => [one.target.path, one]));
  const wanted = policyTargets(discovery, environmentsFolder, known);
  const left = wanted.filter(({ target }) => !done.has(target.path));
  const more = left.length > 0 ? (await render(left, { root, sources })).rendered : [];
  return [...wanted.flatMap(({ target }) => done.get(target.path) ?? []), ...more];
}

/** The exceptions, where the repository records any, with the files made of them. */
function exceptionsOf(
  root: string,
  environments: ReadonlyMap<string, readonly Manifest[]>,
  today: string = new Date().toISOString().slice(0, 10),
): { readonly exceptions?: ExceptionFiles } {
  const sources = openSources(root);
  const file = sources.read(exceptionsFile);
  if (!file || file.syntaxProblems.length > 0) return {};
  const names = [...environments.keys()];
  return {
    exceptions: {
      ...readExceptions(file.documents[0]),
      text: file.text,
      generated: new Map(names.map((name) => [name, sources.peek(textFileOf(name))])),
      policies: new Map(
        [...environments].map(([name, manifests]) => [
          name,
          new Set(manifests.filter(isPolicy).map((one) => one.name)),
        ]),
      ),
      today,
    },
  };
}

const kinds = new Set([
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingPolicy',
]);

function isAboutPolicies({ kind }: Manifest): boolean {
  return kinds.has(kind);
}

/** The schemas of a Kubernetes version by file name, each read once. */
function schemasOf(kubernetes: string | undefined): (file: string) => unknown {
  const folder = join(
    schemasFolder,
    `v${chooseVersion(kubernetes).kubernetes}.0-standalone-strict`,
  );
  const read = new Map<string, unknown>();
  return (file) => {
    if (!read.has(file)) {
      const path = join(folder, file);
      read.set(file, existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);
    }
    return read.get(file);
  };
}

function oldest(versions: readonly string[]): string | undefined {
  const minor = (version: string) => Number(version.split('.')[1]);
  return versions.toSorted((a, b) => minor(a) - minor(b))[0];
}
