import { isRecord, recordAt } from '../kubernetes/fields.ts';
import type { Manifest } from '../model.ts';
import type { Chart } from './charts.ts';

/** By what a Grafana finds the ConfigMaps with its dashboards. */
export interface DashboardSidecar {
  readonly chart: string;
  readonly label: string;
  /** Empty when any value does. */
  readonly value: string;
  /** Where it looks; `undefined` for everywhere. */
  readonly namespaces: readonly string[] | undefined;
}

/** What the charts of Grafana say unless they are told otherwise. */
const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  grafana: { enabled: false, labelValue: '', searchNamespace: null },
  'kube-prometheus-stack': { enabled: true, labelValue: '1', searchNamespace: 'ALL' },
};

/** The dashboard sidecars that a chart starts; undefined when its values are not all here. */
export function sidecarsOf(chart: Chart): DashboardSidecar[] | undefined {
  const usual = Object.hasOwn(defaults, chart.name) ? defaults[chart.name] : undefined;
  if (!usual) return [];
  if (!chart.hasAllValues) return undefined;
  const grafana = chart.name === 'grafana' ? chart.values : recordAt(chart.values, ['grafana']);
  const said = recordAt(grafana, ['sidecar', 'dashboards']);
  const { enabled, label, labelValue, searchNamespace } = {
    label: 'grafana_dashboard',
    ...usual,
    ...said,
  } as Readonly<Record<string, unknown>>;
  // These come to it another way.
  if (grafana.dashboardsConfigMaps !== undefined) return undefined;
  if (grafana.enabled === false || enabled !== true || typeof label !== 'string') return [];
  const own = chart.namespace ? [chart.namespace] : undefined;
  const listed = Array.isArray(searchNamespace) ? searchNamespace : [searchNamespace];
  const names = listed.filter((one) => typeof one === 'string' && one !== '') as string[];
  return [
    {
      chart: chart.name,
      label,
      value: typeof labelValue === 'string' ? labelValue : '',
      namespaces: names.includes('ALL') ? undefined : names.length > 0 ? names : own,
    },
  ];
}

/** Whether a ConfigMap holds a Grafana dashboard. */
export function isDashboard({ data }: Manifest): boolean {
  return Object.entries(recordAt(data, ['data'])).some(
    ([key, text]) => key.endsWith('.json') && typeof text === 'string' && isDashboardText(text),
  );
}

function isDashboardText(text: string): boolean {
  if (!text.includes('"panels"') || !text.includes('"title"')) return false;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && Array.isArray(value.panels) && typeof value.title === 'string';
  } catch {
    return false;
  }
}
