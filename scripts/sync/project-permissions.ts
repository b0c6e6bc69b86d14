import { groupOf } from '../kubernetes/manifests.ts';
import type { Manifest } from '../model.ts';
import type { KindPattern, Project } from './sync-graph.ts';
import type { Destination } from './unit.ts';

/** Whether an AppProject permits a repository. A pattern with `!` refuses, whatever others permit. */
export function permitsRepository({ sourceRepos }: Project, url: string): boolean {
  const fitsUrl = (pattern: string): boolean =>
    pattern === '*' || matches(plainUrl(pattern), plainUrl(url), '/');
  return (
    sourceRepos.some((one) => !one.startsWith('!') && fitsUrl(one)) &&
    !sourceRepos.some((one) => one.startsWith('!') && fitsUrl(one.slice(1)))
  );
}

/** Whether an AppProject permits a namespace of a cluster. */
export function permitsDestination(
  { destinations }: Project,
  { server, name }: Destination,
  namespace: string,
): boolean {
  const isFitting = (pattern: string | undefined, value: string | undefined): boolean =>
    pattern === undefined || value === undefined || matches(pattern, value);
  let isPermitted = false;
  for (const one of destinations) {
    const isRefusal = [one.server, one.name, one.namespace].some((text) => text?.startsWith('!'));
    const [itsServer, itsName] = [one.server, one.name].map((text) => text?.replace(/^!/, ''));
    // A cluster may be known by its name to one of them and by its URL to the other.
    const isCluster =
      isFitting(itsServer, server ?? (name === 'in-cluster' ? local : undefined)) &&
      isFitting(itsName, name ?? (server === local ? 'in-cluster' : undefined));
    const isNamespace = isFitting((one.namespace ?? '').replace(/^!/, ''), namespace);
    if (!isCluster || !isNamespace) continue;
    if (isRefusal) return false;
    isPermitted = true;
  }
  return isPermitted;
}

const local = 'https://kubernetes.default.svc';

/** Whether an AppProject permits a kind. Without any list, nothing cluster-wide and all the rest is. */
export function permitsKind(
  project: Project,
  manifest: Pick<Manifest, 'apiVersion' | 'kind' | 'name'>,
  isClusterWide: boolean,
): boolean {
  const isIn = (patterns: readonly KindPattern[]): boolean =>
    patterns.some(
      ({ group, kind, name }) =>
        matches(group, groupOf(manifest.apiVersion)) &&
        matches(kind, manifest.kind) &&
        (!name || matches(name, manifest.name)),
    );
  const allowed = isClusterWide ? (project.clusterAllowed ?? []) : project.namespacedAllowed;
  const denied = isClusterWide ? project.clusterDenied : project.namespacedDenied;
  return (!allowed || isIn(allowed)) && !isIn(denied);
}

/**
 * Whether a pattern fits: `*` stops at the separator, `**` never does. In the time of both lengths,
 * whatever the pattern, and without a regular expression that somebody could make slow.
 */
function matches(pattern: string, text: string, separator = ''): boolean {
  const parts = pattern.match(/\*+|[^*]/gs) ?? [];
  let reached = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    const isStar = part.startsWith('*');
    const stops = separator !== '' && part.length === 1;
    for (const from of reached) {
      if (isStar) {
        for (let at = from; at <= text.length && !next.has(at); at++) {
          next.add(at);
          if (stops && text[at] === separator) break;
        }
      } else if (from < text.length && fits(part, text[from] ?? '', separator)) next.add(from + 1);
    }
    reached = next;
  }
  return reached.has(text.length);
}

function fits(part: string, sign: string, separator: string): boolean {
  return part === '?' ? separator === '' || sign !== separator : part === sign;
}

function plainUrl(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/\/$/, '')
    .replace(/\.git$/, '');
}
