import { posix } from 'node:path';
import type { Engine, FieldPath } from '../model.ts';
import { isDescribed } from './environment.ts';
import type { ClusterSync } from './sync-graph.ts';
import type { Unit } from './unit.ts';
import type { UnitSource } from './unit-source.ts';

/** Something that both engines should do alike. */
export interface Deployed {
  readonly unit: Unit;
  readonly source: UnitSource;
  /** The same in both engines: a path, or a chart. */
  readonly key: string;
  /** How messages name it. */
  readonly what: string;
  /** Where the unit says it. */
  readonly at: FieldPath;
}

/**
 * What one engine deploys in a cluster: paths of this repository besides the wiring, and charts.
 * Folders called after an engine differ on purpose and count as the same.
 */
export function deployedBy(engine: Engine, { cluster, units }: ClusterSync): Deployed[] {
  const wiring = isDescribed(cluster) ? posix.dirname(cluster.file) : cluster.file;
  return units
    .filter((unit) => unit.engine === engine && !unit.policy.remote)
    .flatMap((unit) =>
      unit.sources.flatMap((source): Deployed[] => {
        const { kind, chart, isOwn, path, pathAt } = source;
        if (kind === 'chart' && chart) {
          const at = [...source.at, 'chart'];
          return [{ unit, source, key: `chart ${chart}`, what: `chart ${chart}`, at }];
        }
        if (!isOwn || !path || path === wiring || path.startsWith(`${wiring}/`)) return [];
        const key = path.replace(/(^|\/)(argocd|flux)(?=\/|$)/g, '$1<engine>');
        return [{ unit, source, key, what: `"${path}"`, at: pathAt ?? ['spec'] }];
      }),
    );
}

/** What two that deploy the same thing do differently; undefined when nothing. */
export function differenceOf(
  one: Deployed,
  other: Deployed,
): { readonly text: string; readonly at: FieldPath } | undefined {
  const [mine, theirs] = [one.source.revision, other.source.revision];
  if (
    mine.kind !== 'unknown' &&
    theirs.kind !== 'unknown' &&
    plain(mine.value) !== plain(theirs.value)
  ) {
    const [a, b] = [mine.value || 'the default branch', theirs.value || 'the default branch'];
    return { text: `at ${a}, and ${b} in the other engine`, at: mine.at };
  }
  const [to, there] = [one.unit.destination.namespace, other.unit.destination.namespace];
  if (to && there && to !== there && one.key.startsWith('chart ')) {
    const at =
      one.unit.kind === 'Application'
        ? ['spec', 'destination', 'namespace']
        : ['spec', 'targetNamespace'];
    return { text: `to namespace "${to}", and to "${there}" in the other engine`, at };
  }
  return undefined;
}

/** `v1.2.3` and `1.2.3` are one version of a chart, and Git's long names one revision. */
function plain(revision: string): string {
  return revision.replace(/^refs\/(heads|tags)\//, '').replace(/^v(?=\d)/, '');
}
