import type { Cluster, ClusterView, Manifest, Rendered } from '../model.ts';
import { findPolicies, type PolicySet } from './find-policies.ts';

/** Where an environment's bindings and parameters are, with the policies they include. */
export const environmentsFolder = 'policies/environments';

/** Targets and the policies that decide about what they render to. */
export interface PolicyScope {
  readonly cluster?: Cluster;
  readonly rendered: readonly Rendered[];
  readonly set: PolicySet;
  /** Where the bindings are from, when it is no cluster: all there are stand together. */
  readonly environment?: string;
}

/**
 * What decides about what. In a cluster those policies do that land there, and those of its
 * environment's folder. Where no cluster is known, the folder of an environment decides about
 * the targets that have the environment in their path, and all other policies about everything.
 *
 * @param environments what the folder of each environment renders to
 */
export function policyScopes(
  { cluster, rendered }: ClusterView,
  environments: ReadonlyMap<string, readonly Manifest[]>,
): PolicyScope[] {
  const own = rendered.filter(({ target }) => environmentOf(target.path) === undefined);
  if (cluster) {
    const bound = environments.get(cluster.environment) ?? [];
    return [{ cluster, rendered, set: findPolicies([...manifestsIn(rendered), ...bound]) }];
  }
  const scopes = [...environments].map(([environment, manifests]) => ({
    environment,
    rendered: own.filter(({ target }) => target.path.split('/').includes(environment)),
    set: findPolicies(manifests),
  }));
  return [{ rendered: own, set: findPolicies(manifestsIn(own)) }, ...scopes];
}

/**
 * Tells which environment a scope shows all of: that of a cluster which alone has it, or one that
 * no cluster has.
 */
export function environmentShownBy(
  clusters: readonly Cluster[],
): (scope: Pick<PolicyScope, 'cluster' | 'environment'>) => string | undefined {
  return ({ cluster, environment = cluster?.environment }) => {
    const sharing = clusters.filter((one) => one.environment === environment);
    return sharing.length === (cluster ? 1 : 0) ? environment : undefined;
  };
}

/** The environment whose policies a target holds. */
function environmentOf(path: string): string | undefined {
  const [name = '', ...rest] = path.startsWith(`${environmentsFolder}/`)
    ? path.slice(environmentsFolder.length + 1).split('/')
    : [];
  return name !== '' && rest.length === 0 ? name : undefined;
}

/** What the folder of each environment renders to. */
export function environmentsIn(rendered: readonly Rendered[]): Map<string, readonly Manifest[]> {
  const found = rendered.flatMap(({ target, manifests }) => {
    const environment = environmentOf(target.path);
    return environment === undefined ? [] : [[environment, manifests] as const];
  });
  return new Map(found);
}

function manifestsIn(rendered: readonly Rendered[]): Manifest[] {
  return rendered.flatMap(({ manifests }) => manifests);
}
