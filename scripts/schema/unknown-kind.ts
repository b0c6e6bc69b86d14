import { nearest } from '../shared/nearest.ts';
import { chooseVersion } from './catalogue.ts';
import type { SchemaProblem } from './problems.ts';
import { removedVersions } from './removed-versions.ts';
import { builtInResources, crdResources, type Resources } from './resources.ts';

/**
 * Why the API server has no such kind, for kinds of groups that the catalogue knows all
 * of; undefined for kinds that it may have, and for groups of other projects.
 */
export function unknownKind(
  apiVersion: string,
  kind: string,
  kubernetes?: string,
): SchemaProblem | undefined {
  const resources = builtInResources(kubernetes);
  const own = resources[apiVersion];
  // A bare List is a wrapper that clients take apart.
  if (kind === 'List' || (own && Object.hasOwn(own, kind))) return undefined;
  const { kubernetes: version, substituted, upper } = chooseVersion(kubernetes);
  const removed = removedVersions[`${apiVersion}/${kind}`] ?? removedVersions[apiVersion];
  if (removed && minorOf(removed.since) <= minorOf(version)) return removedProblem();
  if (!own && !isOwnGroup(apiVersion, resources)) return undefined;
  // A version that is not in the catalogue may have kinds that the one before it lacks.
  if (substituted && upper === undefined) return undefined;
  if (upper && builtInResources(upper)[apiVersion]?.[kind]) return undefined;
  return own ? unknownKindProblem(Object.keys(own)) : unknownVersionProblem();

  function removedProblem(): SchemaProblem {
    const message = `${apiVersion} ${kind} was removed in Kubernetes ${removed?.since}`;
    const instead = removed?.use ?? homeOf(kind, resources);
    return { path: ['apiVersion'], message, ...(instead ? { fix: `Use ${instead}.` } : {}) };
  }

  function unknownKindProblem(kinds: readonly string[]): SchemaProblem {
    const near = nearest(kind, kinds);
    const home = homeOf(kind, resources);
    const message = `no kind "${kind}" in ${apiVersion} of Kubernetes ${version}`;
    if (home) return { path: ['apiVersion'], message, fix: `${kind} is in ${home}.` };
    return { path: ['kind'], message, ...(near ? { fix: `Did you mean "${near}"?` } : {}) };
  }

  function unknownVersionProblem(): SchemaProblem {
    const home = homeOf(kind, resources);
    const message = `Kubernetes ${version} has no ${apiVersion}`;
    return { path: ['apiVersion'], message, ...(home ? { fix: `${kind} is in ${home}.` } : {}) };
  }
}

/** Groups of Kubernetes itself: all their kinds are in the catalogue. */
function isOwnGroup(apiVersion: string, resources: Resources): boolean {
  return Object.keys(resources).some((known) => groupOf(known) === groupOf(apiVersion));
}

/** The best apiVersion that has the kind: a stable one before a beta, Kubernetes' own first. */
function homeOf(kind: string, resources: Resources): string | undefined {
  const homes = Object.entries({ ...resources, ...crdResources() })
    .filter(([, kinds]) => Object.hasOwn(kinds, kind))
    .map(([apiVersion]) => apiVersion);
  return homes.find((home) => /v\d+$/.test(home)) ?? homes[0];
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] as string) : '';
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}
