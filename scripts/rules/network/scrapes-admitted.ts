import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import { isPrometheusOnHost, prometheusIn } from '../../cluster/controllers.ts';
import { podsOf, servicesOf } from '../../cluster/monitored.ts';
import { endOf } from '../../cluster/network-ends.ts';
import { admits } from '../../cluster/network-policies.ts';
import { loadingOf } from '../../cluster/prometheus.ts';
import { type CalledPods, podsBehind, portOf } from '../../cluster/service-ends.ts';
import { isRecord, listAt, recordAt } from '../../kubernetes/fields.ts';
import { mismatchOf } from '../../kubernetes/label-selectors.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest, Problem } from '../../model.ts';

export const scrapesAdmitted: ClusterRule = {
  id: 'network/scrapes-admitted',
  scope: 'cluster',
  severity: 'error',
  summary: 'The pods that a ServiceMonitor or PodMonitor selects let Prometheus in.',
  why: 'Prometheus finds such a target and never reaches it: no metrics, no autoscaling by them, and only an alert about the target itself.',
  fix: 'Allow ingress from the namespace of Prometheus to the port with the metrics.',
  docs: 'https://prometheus-operator.dev/docs/platform/troubleshooting/',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete || isPrometheusOnHost(index)) return;
    for (const kind of ['ServiceMonitor', 'PodMonitor']) {
      const all = loadingOf(index, kind) ?? [];
      for (const manifest of index.objects('monitoring.coreos.com', kind)) {
        const labels = recordAt(manifest.data, ['metadata', 'labels']);
        const loaders = all.filter(
          ({ selector, namespace }) =>
            namespace !== undefined && isRecord(selector) && !mismatchOf(selector, labels),
        );
        const namespaces = new Set(loaders.flatMap(({ namespace }) => namespace ?? []));
        for (const namespace of namespaces) yield* judge(index, manifest, namespace);
      }
    }
  },
};

function* judge(index: ClusterIndex, manifest: Manifest, namespace: string): Generator<Problem> {
  const { shown, end } = prometheusIn(namespace);
  const isPods = manifest.kind === 'PodMonitor';
  const field = isPods ? 'podMetricsEndpoints' : 'endpoints';
  for (const [at, endpoint] of listAt(manifest.data, ['spec', field]).entries()) {
    if (!isRecord(endpoint)) continue;
    const called = isPods
      ? scrapedPods(index, manifest, endpoint)
      : scrapedServices(index, manifest, endpoint);
    const closed = called.filter(
      (one) => admits(index, 'ingress', one.end, end, one.port) === 'no',
    );
    const [first] = new Map(closed.map((one) => [one.workload, one])).values();
    if (!first) continue;
    const more = new Set(closed.map(({ workload }) => workload)).size - 1;
    const who = `${describe(first.workload.manifest)}${more > 0 ? ` and ${more} more` : ''}`;
    yield {
      manifest,
      path: ['spec', field, at],
      message: `NetworkPolicies of ${who} do not let ${shown} in to port ${first.port.number ?? endpoint.port}`,
    };
  }
}

type Endpoint = Readonly<Record<string, unknown>>;

function scrapedPods(index: ClusterIndex, monitor: Manifest, endpoint: Endpoint): CalledPods[] {
  return podsOf(monitor, index).flatMap((workload) => {
    const end = endOf(index, workload);
    const target = endpoint.portNumber ?? endpoint.port ?? endpoint.targetPort;
    const port = portOf(workload, 'TCP', target);
    // Pods without such a port are no targets.
    return end && port.number !== undefined ? { workload, end, port } : [];
  });
}

function scrapedServices(index: ClusterIndex, monitor: Manifest, endpoint: Endpoint): CalledPods[] {
  const { port, targetPort } = endpoint;
  return servicesOf(monitor, index).flatMap((service) => {
    const has = listAt(service.data, ['spec', 'ports']).some(
      (one) => recordAt(one, []).name === port,
    );
    if (typeof port === 'string') return has ? podsBehind(index, service, port) : [];
    return podsBehind(index, service, undefined).flatMap((one) => {
      const found = portOf(one.workload, 'TCP', targetPort);
      return found.number === undefined ? [] : { ...one, port: found };
    });
  });
}
