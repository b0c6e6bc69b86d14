import { clusterIndexOf } from '../../cluster/cluster-index.ts';
import { configMapReferencesOf } from '../../cluster/config-map-references.ts';
import { type DashboardSidecar, isDashboard, sidecarsOf } from '../../cluster/grafana.ts';
import { isRecord, recordAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest } from '../../model.ts';

export const dashboardsLoaded: ClusterRule = {
  id: 'references/dashboards-loaded',
  scope: 'cluster',
  severity: 'error',
  summary: 'Grafana loads every dashboard that is in Git.',
  why: 'A ConfigMap without the label that the sidecar of Grafana looks for is a dashboard that nobody ever sees.',
  fix: 'Give the ConfigMap the label and the value of `sidecar.dashboards` in the values of the chart.',
  docs: 'https://github.com/grafana/helm-charts/blob/main/charts/grafana/README.md#sidecar-for-dashboards',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete || index.charts.some(({ name }) => name === '')) return;
    const found = index.charts.map(sidecarsOf);
    if (found.includes(undefined)) return;
    const sidecars = found.flatMap((one) => one ?? []);
    // An operator of Grafana takes dashboards in its own way.
    const isOperated = index.manifests.some(
      ({ apiVersion }) => groupOf(apiVersion) === 'grafana.integreatly.org',
    );
    if (sidecars.length === 0 || isOperated) return;
    const mounted = new Set(
      index.manifests.flatMap(configMapReferencesOf).map(({ name, manifest }) => {
        return `${manifest.namespace}/${name}`;
      }),
    );
    for (const manifest of index.objects('', 'ConfigMap')) {
      const reasons = sidecars.map((one) => refusal(manifest, one));
      const [reason] = reasons;
      if (!reason || reasons.includes(undefined)) continue;
      // Last, for it reads the whole dashboard.
      if (mounted.has(`${manifest.namespace}/${manifest.name}`) || !isDashboard(manifest)) continue;
      const labels = recordAt(manifest.data, ['metadata']).labels;
      yield {
        manifest,
        path: isRecord(labels) ? ['metadata', 'labels'] : ['metadata', 'name'],
        message: `dashboard ConfigMap ${manifest.name} ${reason}`,
      };
    }
  },
};

/** Why a sidecar does not load a dashboard; undefined when it does. */
function refusal(manifest: Manifest, sidecar: DashboardSidecar): string | undefined {
  const { chart, label, value, namespaces } = sidecar;
  const labels = recordAt(manifest.data, ['metadata', 'labels']);
  const has = Object.hasOwn(labels, label) && (value === '' || labels[label] === value);
  if (!has) {
    return `lacks the label ${label}${value && `=${value}`} that Grafana of chart ${chart} looks for`;
  }
  const isSeen = !namespaces || !manifest.namespace || namespaces.includes(manifest.namespace);
  return isSeen ? undefined : `is not in namespace ${namespaces.join(', ')}, where Grafana looks`;
}
