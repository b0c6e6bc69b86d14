import { servedMetrics } from '../../capacity/adapter-metrics.ts';
import { landingsOf } from '../../capacity/landings.ts';
import { type Chart, chartsOf } from '../../cluster/charts.ts';
import { items, plain, quoted } from '../../kubernetes/faults.ts';
import { textAt, valueAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';

export const metricsServed: ClusterRule = {
  id: 'scaling/metrics-served',
  scope: 'cluster',
  severity: 'error',
  summary:
    'A rule of the prometheus-adapter serves each metric that a HorizontalPodAutoscaler names.',
  why: 'An HPA without its metric reports FailedGetPodsMetric, and does not scale down by the others either.',
  fix: 'Add a rule for it to the values of prometheus-adapter, or correct the name.',
  docs: 'https://github.com/kubernetes-sigs/prometheus-adapter/blob/master/docs/config.md',

  *check(view) {
    // What is only looked at in part may have its adapter elsewhere.
    if (view.rendered.some(({ failures }) => failures.length > 0)) return;
    for (const { manifests } of landingsOf(view)) {
      const charts = manifests.flatMap(chartsOf);
      const installed = charts.filter(({ name }) => name === 'prometheus-adapter');
      const live = installed.filter(
        (one) => one.manifest.kind === installers[view.cluster?.engine ?? ''],
      );
      const adapters = live.length > 0 ? live : installed;
      if (adapters.length === 0 || adapters.some(({ hasAllValues }) => !hasAllValues)) continue;
      const isAlone = !charts.some((chart) => servesOthers(chart)) && !manifests.some(registers);
      for (const hpa of manifests) {
        if (groupOf(hpa.apiVersion) !== 'autoscaling' || hpa.kind !== 'HorizontalPodAutoscaler') {
          continue;
        }
        const metrics = items(valueAt(hpa.data, ['spec', 'metrics']), ['spec', 'metrics']);
        for (const [metric, at] of metrics) {
          const source = sources[plain(metric.type)];
          const name = source && textAt(metric, [source, 'metric', 'name']);
          if (!source || name === undefined || !isAlone) continue;
          const served = adapters.map(({ values }) =>
            servedMetrics(values, source === 'external' ? 'external' : 'custom'),
          );
          const names = new Set(served.flatMap((one) => [...one.names]));
          if (names.has(name) || served.some(({ open }) => open)) continue;
          // KEDA serves the metrics of its own ScaledObjects.
          if (source === 'external' && /^s\d+-/.test(name)) continue;
          const near = nearest(name, names);
          yield {
            manifest: hpa,
            path: [...at, source, 'metric', 'name'],
            message: `metric ${quoted(name)} is served by no rule of prometheus-adapter`,
            ...(near && { fix: `Did you mean "${near}"?` }),
          };
        }
      }
    }
  },
};

/** What installs a chart, by engine. */
const installers: Readonly<Record<string, string>> = { argocd: 'Application', flux: 'HelmRelease' };

const sources: Readonly<Record<string, string>> = {
  Pods: 'pods',
  Object: 'object',
  External: 'external',
};

/** Charts that may serve metrics besides. */
function servesOthers({ name }: Chart): boolean {
  return (
    name === '' ||
    (name !== 'prometheus-adapter' &&
      /adapter|datadog|stackdriver|newrelic|cloudwatch|custom-metrics|external-metrics/.test(name))
  );
}

/** An API that is registered in Git is served by something that presync does not know. */
function registers({ kind, name }: Manifest): boolean {
  return kind === 'APIService' && /\.(custom|external)\.metrics\.k8s\.io$/.test(name);
}
