import { listAt, recordAt, textAt, valueAt } from '../../scripts/kubernetes/fields.ts';
import { describe as nameOf } from '../../scripts/kubernetes/manifests.ts';
import { podLabelsOf } from '../../scripts/kubernetes/workloads.ts';
import type { Manifest } from '../../scripts/model.ts';
import { selects } from './flows.ts';
import { all, type Check, every, type System } from './system.ts';

const scraped: Check = (system) => {
  const monitors = all(system, 'ServiceMonitor', 'PodMonitor');
  return monitors.length === 0
    ? ['nothing is scraped']
    : monitors.flatMap((monitor) => unscraped(system, monitor));
};

function unscraped(system: System, monitor: Manifest): string[] {
  const selector = valueAt(monitor.data, ['spec', 'selector']);
  const isForPods = monitor.kind === 'PodMonitor';
  const endpoints = listAt(monitor.data, ['spec', isForPods ? 'podMetricsEndpoints' : 'endpoints']);
  const selected = isForPods
    ? all(system, 'Deployment', 'StatefulSet').filter((one) =>
        selects(selector, podLabelsOf(one) ?? {}),
      )
    : all(system, 'Service').filter(({ data }) =>
        selects(selector, recordAt(data, ['metadata', 'labels'])),
      );
  const ports = new Set(selected.flatMap((one) => portsOf(one)));
  return [
    ...(selected.length > 0 ? [] : [`${nameOf(monitor)} selects nothing`]),
    ...endpoints
      .map((endpoint) => textAt(endpoint, ['port']))
      .filter((port) => !ports.has(port))
      .map((port) => `${nameOf(monitor)} scrapes ${port}, which is no port`),
  ];
}

function portsOf({ kind, data }: Manifest): (string | undefined)[] {
  const lists =
    kind === 'Service'
      ? [listAt(data, ['spec', 'ports'])]
      : listAt(data, ['spec', 'template', 'spec', 'containers']).map((one) =>
          listAt(one, ['ports']),
        );
  return lists.flat().map((port) => textAt(port, ['name']));
}

const alerted: Check = (system) => {
  const rules = all(system, 'PrometheusRule')
    .flatMap(({ data }) => listAt(data, ['spec', 'groups']))
    .flatMap((group) => listAt(group, ['rules']));
  const complete = (rule: unknown) =>
    textAt(rule, ['labels', 'severity']) && textAt(rule, ['annotations', 'summary']);
  return [
    ...(rules.length > 0 ? [] : ['there are no alerts']),
    ...rules
      .filter((rule) => !complete(rule))
      .map((rule) => `alert ${valueAt(rule, ['alert'])} has no severity or summary`),
  ];
};

/** The panels of the system's dashboards, with rows left out. */
export function panelsOf(system: System): { readonly title: string; readonly queries: string }[] {
  return dashboardsOf(system)
    .flatMap((dashboard) => listAt(dashboard, ['panels']))
    .filter((panel) => textAt(panel, ['type']) !== 'row')
    .map((panel) => ({
      title: textAt(panel, ['title']) ?? '',
      queries: listAt(panel, ['targets'])
        .map((target) => textAt(target, ['expr']) ?? '')
        .join('\n'),
    }));
}

function dashboardsOf(system: System): unknown[] {
  return all(system, 'ConfigMap')
    .filter(({ data }) => textAt(data, ['metadata', 'labels', 'grafana_dashboard']) === '1')
    .flatMap(({ data }) => Object.values(recordAt(data, ['data'])))
    .map((text): unknown => JSON.parse(String(text)));
}

const pictured: Check = (system) => (panelsOf(system).length > 0 ? [] : ['there is no dashboard']);

/** Something is scraped, something alerts and something is drawn. */
export const monitored: Check = every(scraped, alerted, pictured);

/** The dashboards have a panel for each of these, that asks for this metric. */
export function panels(topics: Readonly<Record<string, string>>): Check {
  return (system) => {
    const all = panelsOf(system);
    return Object.entries(topics)
      .filter(([, metric]) => !all.some(({ queries }) => queries.includes(metric)))
      .map(([topic, metric]) => `no panel shows ${topic} (${metric})`);
  };
}

/** Some alert is made of this metric. */
export function alerts(...metrics: readonly string[]): Check {
  return (system) => {
    const text = JSON.stringify(all(system, 'PrometheusRule').map(({ data }) => data));
    return metrics.filter((one) => !text.includes(one)).map((one) => `nothing alerts on ${one}`);
  };
}
