import { posix } from 'node:path';
import { groupOf } from '../kubernetes/manifests.ts';
import { syncedPathsOf } from '../kubernetes/sync-objects.ts';
import type { ClusterView, Manifest, Rendered } from '../model.ts';

/**
 * Whether all that Git brings to a cluster is seen as it is applied, so that what is not
 * there is missing: the cluster is described, its wiring is among the targets (it is not
 * when only some were asked for), everything rendered, every name is known, and no object
 * syncs what is not here.
 */
export function isComplete({ cluster, rendered }: ClusterView): boolean {
  if (!cluster) return false;
  const folder = cluster.file.endsWith('.yaml') ? posix.dirname(cluster.file) : cluster.file;
  const isBelow = (path: string) => path === folder || path.startsWith(`${folder}/`);
  if (!rendered.some(({ target }) => isBelow(target.path))) return false;
  if (rendered.some(({ failures }) => failures.length > 0)) return false;
  if (rendered.some(hasUnknownNames)) return false;
  const paths = new Set(rendered.map(({ target }) => target.path));
  return rendered.every(({ manifests }) => manifests.every((one) => !syncsElsewhere(one, paths)));
}

/** Whether variables whose values nobody knows are in names. */
function hasUnknownNames({ target, manifests }: Rendered): boolean {
  if (target.changedBy === undefined) return false;
  return manifests.some(({ name, namespace }) => `${namespace}${name}`.includes('$'));
}

function syncsElsewhere(manifest: Manifest, paths: ReadonlySet<string>): boolean {
  const group = groupOf(manifest.apiVersion);
  if (group === 'argoproj.io' && manifest.kind === 'ApplicationSet') return true;
  return syncedPathsOf(manifest).some(({ path }) => !paths.has(path === '' ? '.' : path));
}
