import { clusterIndexOf } from '../../cluster/cluster-index.ts';
import { missingOf } from '../../cluster/missing.ts';
import { textAt } from '../../kubernetes/fields.ts';
import type { ClusterRule } from '../../model.ts';

export const statefulSetServiceExists: ClusterRule = {
  id: 'references/stateful-set-service-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'The Service that a StatefulSet names its pods by is there.',
  why: 'The pods start, and the names by which they and others find each other lead nowhere. The field cannot be changed later.',
  fix: 'Correct `serviceName`, or add a Service with `clusterIP: None`.',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id',

  *check(view) {
    const index = clusterIndexOf(view);
    yield* missingOf(
      view,
      index.objects('apps', 'StatefulSet').flatMap((manifest) => {
        const { namespace } = manifest;
        const name = textAt(manifest.data, ['spec', 'serviceName']);
        if (!name || index.externalServices.has(`${namespace}/${name}`)) return [];
        const path = ['spec', 'serviceName'];
        return { manifest, path, by: 'serviceName', name, namespace, group: '', kind: 'Service' };
      }),
    );
  },
};
