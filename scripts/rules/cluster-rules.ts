import type { Rule } from '../model.ts';
import { pinnedTag } from './images/pinned-tag.ts';
import { replicasUnset } from './scaling/replicas-unset.ts';
import { serviceSelectsPods } from './selectors/service-selects-pods.ts';

/** Rules about workloads and about how the objects of a cluster fit together. */
export function clusterRules(): readonly Rule[] {
  return [pinnedTag, replicasUnset, serviceSelectsPods];
}
