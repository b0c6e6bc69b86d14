import { clusterIndexOf } from '../../cluster/cluster-index.ts';
import { namespacesIn, podsOf, servicesOf } from '../../cluster/monitored.ts';
import { portNamesOf } from '../../cluster/ports.ts';
import { listAt, textAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';

export const monitorPortExists: ClusterRule = {
  id: 'references/monitor-port-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'The port that a monitor scrapes is one of what it selects.',
  why: 'Prometheus drops endpoints whose port has another name, and no alert tells of metrics that never were.',
  fix: 'Name a port of the Service (ServiceMonitor) or of the container (PodMonitor).',
  docs: 'https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.Endpoint',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    for (const manifest of index.manifests) {
      if (groupOf(manifest.apiVersion) !== 'monitoring.coreos.com') continue;
      // What else a monitor finds may have the port.
      if (!namespacesIn(manifest)?.every((one) => !index.elsewhere.mayHavePods(one))) continue;
      const selected = portsFor(manifest, index);
      if (!selected || selected.names.length === 0) continue;
      for (const [at, endpoint] of listAt(manifest.data, ['spec', selected.field]).entries()) {
        const port = textAt(endpoint, ['port']);
        if (!port || selected.names.includes(port)) continue;
        const meant = nearest(port, selected.names);
        const known = [...new Set(selected.names)].sort().join(', ');
        yield {
          manifest,
          path: ['spec', selected.field, at, 'port'],
          message: `port ${port} is the name of none in ${selected.what} that ${manifest.kind} ${manifest.name} selects`,
          fix: meant ? `Did you mean "${meant}"?` : `There are ${known}.`,
        };
      }
    }
  },
};

/** The names of all ports among which a monitor looks; undefined for other kinds. */
function portsFor(manifest: Manifest, index: ReturnType<typeof clusterIndexOf>) {
  if (manifest.kind === 'ServiceMonitor') {
    const services = servicesOf(manifest, index);
    const names = services.flatMap(({ data }) =>
      listAt(data, ['spec', 'ports']).flatMap((port) => textAt(port, ['name']) ?? []),
    );
    return services.length > 0 ? { field: 'endpoints', what: 'the Services', names } : undefined;
  }
  if (manifest.kind === 'PodMonitor') {
    const names = podsOf(manifest, index).flatMap((pods) => portNamesOf(pods));
    return { field: 'podMetricsEndpoints', what: 'the pods', names };
  }
  return undefined;
}
