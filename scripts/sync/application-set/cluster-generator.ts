import { isRecord, recordAt, valueAt } from '../../kubernetes/fields.ts';
import { isEmptySelector, mismatchOf } from '../../kubernetes/label-selectors.ts';
import type { FieldPath } from '../../model.ts';
import { CannotTell } from '../go-template/errors.ts';
import { normalizedName } from '../go-template/names.ts';
import { unknownMark } from '../go-template/values.ts';
import type { Filler, Parameters } from './filler.ts';
import type { Expansion } from './generators.ts';
import { withValues } from './git-generator.ts';
import type { RegisteredCluster } from './set-context.ts';

/** How Argo CD calls the cluster that it runs in, and reaches it. */
export const localCluster = { name: 'in-cluster', server: 'https://kubernetes.default.svc' };

/** A label that every Secret of a cluster has. */
export const secretTypeLabel = 'argocd.argoproj.io/secret-type';

/**
 * The clusters that Argo CD knows. Its own has no Secret and no labels, so that it is left out
 * when a selector asks for some. Clusters that somebody registered by hand are not in Git.
 *
 * @throws CannotTell when no Secret in Git registers a cluster and a selector asks for some
 */
export function clusterParameters(
  generator: unknown,
  path: FieldPath,
  { context, filler, onUnknown }: Expansion,
): Parameters[] {
  const selector = valueAt(generator, ['selector']);
  const { registered } = context;
  const asksAll = !isRecord(selector) || isEmptySelector(selector);
  if (registered.length === 0) {
    const message = 'no Secret in Git registers a cluster, so the generator may find others';
    if (!asksAll) throw new CannotTell(message);
    onUnknown(message, path);
  }
  const hasLocal = registered.some(({ server }) => server === localCluster.server);
  const told = [
    ...(asksAll && !hasLocal ? [local(filler)] : []),
    ...registered
      .filter(
        ({ labels }) =>
          mismatchOf(selector, { ...labels, [secretTypeLabel]: 'cluster' }) === undefined,
      )
      .map((cluster) => parametersOfCluster(cluster, filler)),
  ];
  const values = recordAt(generator, ['values']);
  const filled = told.map((one) => withValues(one, values, filler));
  return valueAt(generator, ['flatList']) === true ? [{ clusters: filled }] : filled;
}

function local({ goTemplate }: Filler): Parameters {
  const told = { ...localCluster, nameNormalized: localCluster.name, project: '' };
  return goTemplate ? { ...told, metadata: { labels: {}, annotations: {} } } : told;
}

function parametersOfCluster(cluster: RegisteredCluster, { goTemplate }: Filler): Parameters {
  const name = cluster.name ?? `${unknownMark}name${unknownMark}`;
  const labels = { ...cluster.labels, [secretTypeLabel]: 'cluster' };
  const { annotations } = cluster;
  const told = {
    name,
    nameNormalized: cluster.name === undefined ? name : normalizedName(name),
    server: cluster.server ?? `${unknownMark}server${unknownMark}`,
    project: cluster.project ?? '',
  };
  if (goTemplate) return { ...told, metadata: { labels, annotations } };
  return {
    ...told,
    ...dotted('metadata.labels', labels),
    ...dotted('metadata.annotations', annotations),
  };
}

function dotted(prefix: string, map: Readonly<Record<string, string>>): Parameters {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [`${prefix}.${key}`, value]));
}
