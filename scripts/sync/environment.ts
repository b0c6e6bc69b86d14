import { posix } from 'node:path';
import { clusterFileName } from '../kubernetes/cluster-file.ts';
import type { Cluster } from '../model.ts';

/** Whether a cluster serves users, as its description or the name of its folder says. */
export function isProduction({ environment, name }: Cluster): boolean {
  return /^prod(uction)?\b/i.test(environment) || /^prod(uction)?\b/i.test(name);
}

/** Whether somebody described the cluster, and it is not only a folder. */
export function isDescribed({ file }: Cluster): boolean {
  return posix.basename(file) === clusterFileName;
}
