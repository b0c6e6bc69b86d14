import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import { type Loading, loadedKinds, loadingOf } from '../../cluster/prometheus.ts';
import { isRecord, recordAt } from '../../kubernetes/fields.ts';
import { mismatchOf } from '../../kubernetes/label-selectors.ts';
import type { ClusterRule, Manifest } from '../../model.ts';

export const monitorsLoaded: ClusterRule = {
  id: 'references/monitors-loaded',
  scope: 'cluster',
  severity: 'error',
  summary: 'Prometheus loads every monitor and every rule that is in Git.',
  why: 'A monitor or an alert without the label that Prometheus selects by is accepted, and never looked at.',
  fix: 'Add the label, or let Prometheus select all of the kind: `serviceMonitorSelectorNilUsesHelmValues: false`, or the same of `podMonitor`, `probe` and `rule`.',
  docs: 'https://prometheus-operator.dev/docs/platform/troubleshooting/#troubleshooting-servicemonitor-changes',

  *check(view) {
    const index = clusterIndexOf(view);
    for (const kind of Object.keys(loadedKinds)) {
      const objects = index.objects('monitoring.coreos.com', kind);
      const loading = objects.length > 0 ? loadingOf(index, kind) : undefined;
      if (!loading || loading.length === 0) continue;
      for (const manifest of objects) {
        const reasons = loading.map((one) => refusal(index, manifest, one));
        const [reason] = reasons;
        if (!reason || reasons.includes(undefined)) continue;
        const labels = recordAt(manifest.data, ['metadata']).labels;
        yield {
          manifest,
          path: isRecord(labels) ? ['metadata', 'labels'] : ['metadata', 'name'],
          message: `${kind} ${manifest.name} ${reason}`,
        };
      }
    }
  },
};

/** Why one Prometheus does not load an object; undefined when it does or may. */
function refusal(index: ClusterIndex, manifest: Manifest, loading: Loading): string | undefined {
  const { by, selector, namespaceSelector, namespace } = loading;
  if (!isRecord(selector)) return `is not loaded: ${by} selects none`;
  const lacking = mismatchOf(selector, recordAt(manifest.data, ['metadata', 'labels']));
  if (lacking) return `lacks the label ${lacking} that ${by} selects by`;
  if (!isRecord(namespaceSelector)) {
    const isOwn = !namespace || !manifest.namespace || manifest.namespace === namespace;
    return isOwn ? undefined : `is not in namespace ${namespace}, where ${by} looks`;
  }
  const labels = index.namespaces.get(manifest.namespace ?? '')?.labels;
  const missing = labels && mismatchOf(namespaceSelector, labels);
  return missing
    ? `is in namespace ${manifest.namespace} without the label ${missing} that ${by} selects by`
    : undefined;
}
