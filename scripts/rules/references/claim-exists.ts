import { type ClusterIndex, clusterIndexOf, couldMeet } from '../../cluster/cluster-index.ts';
import { missingOf, type NamedReference } from '../../cluster/missing.ts';
import type { Workload } from '../../cluster/workloads.ts';
import { listAt, textAt } from '../../kubernetes/fields.ts';
import type { ClusterRule } from '../../model.ts';

export const claimExists: ClusterRule = {
  id: 'references/claim-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'Every PersistentVolumeClaim that pods mount lands in their namespace.',
  why: 'A pod whose claim is missing stays pending.',
  fix: 'Correct the name, or add the PersistentVolumeClaim.',
  docs: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes',

  *check(view) {
    const index = clusterIndexOf(view);
    const references = index.workloads.flatMap(claimsOf);
    yield* missingOf(
      view,
      references.filter((one) => !isMadeByStatefulSet(index, one)),
    );
  },
};

function claimsOf({ manifest, spec, specPath, namespace }: Workload): NamedReference[] {
  return listAt(spec, ['volumes']).flatMap((volume, index) => {
    const name = textAt(volume, ['persistentVolumeClaim', 'claimName']);
    if (!name) return [];
    return {
      manifest,
      path: [...specPath, 'volumes', index, 'persistentVolumeClaim', 'claimName'],
      by: `volume ${textAt(volume, ['name']) ?? index}`,
      ...{ group: '', kind: 'PersistentVolumeClaim', name, namespace },
    };
  });
}

/** A StatefulSet makes a claim a pod: `<template>-<set>-<number>`. */
function isMadeByStatefulSet(index: ClusterIndex, { name, namespace }: NamedReference): boolean {
  return index.objects('apps', 'StatefulSet').some(
    (set) =>
      couldMeet(set.namespace, namespace) &&
      listAt(set.data, ['spec', 'volumeClaimTemplates']).some((template) => {
        const start = `${textAt(template, ['metadata', 'name'])}-${set.name}-`;
        return name.startsWith(start) && /^\d+$/.test(name.slice(start.length));
      }),
  );
}
