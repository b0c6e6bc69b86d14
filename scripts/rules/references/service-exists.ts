import { clusterIndexOf } from '../../cluster/cluster-index.ts';
import { missingOf } from '../../cluster/missing.ts';
import { serviceReferencesOf } from '../../cluster/service-references.ts';
import type { ClusterRule } from '../../model.ts';

export const serviceExists: ClusterRule = {
  id: 'references/service-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'The Service behind an Ingress, a route, a webhook or an APIService is there.',
  why: 'Requests get an error without a Service behind them; a webhook without one can stop every change in the cluster.',
  fix: 'Correct the name, add the Service, or declare it under `external.services` in cluster.yaml.',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource',

  *check(view) {
    const { manifests, externalServices } = clusterIndexOf(view);
    const references = manifests
      .flatMap(serviceReferencesOf)
      .filter(({ name, namespace }) => !externalServices.has(`${namespace}/${name}`))
      // The API server's own.
      .filter(({ name, namespace }) => `${namespace}/${name}` !== 'default/kubernetes');
    yield* missingOf(
      view,
      references.map(({ manifest, path, by, name, namespace }) => ({
        ...{ manifest, path, by, name, namespace, group: '', kind: 'Service' },
      })),
    );
  },
};
