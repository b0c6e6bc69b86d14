import { isRecord, recordAt } from '../kubernetes/fields.ts';
import type { Manifest } from '../model.ts';
import type { Chart } from './charts.ts';
import type { ClusterIndex } from './cluster-index.ts';

/** What a Prometheus loads of one kind. */
export interface Loading {
  /** Who loads it, for messages. */
  readonly by: string;
  /** Labels that it must have; an empty selector takes all, and `undefined` takes none. */
  readonly selector: unknown;
  /** Labels of its namespace; `undefined` when only the loader's own counts. */
  readonly namespaceSelector: unknown;
  readonly namespace: string | undefined;
}

/** The field that selects each kind. */
export const loadedKinds: Readonly<Record<string, string>> = {
  PodMonitor: 'podMonitor',
  Probe: 'probe',
  PrometheusRule: 'rule',
  ScrapeConfig: 'scrapeConfig',
  ServiceMonitor: 'serviceMonitor',
};

const others =
  /prometheus|victoria|monitor|observab|alloy|agent|otel|opentelemetry|thanos|mimir|cortex|loki/;
const harmless = ['prometheus-adapter', 'kube-prometheus-stack', 'prometheus-operator-crds'];

/** Every Prometheus that may load a kind; undefined when there are others that nobody can see into. */
export function loadingOf(index: ClusterIndex, kind: string): Loading[] | undefined {
  const field = loadedKinds[kind];
  const isHidden = index.charts.some(
    (one) =>
      one.name === '' ||
      (others.test(one.name) && !harmless.includes(one.name)) ||
      (one.name === 'kube-prometheus-stack' && !one.hasAllValues),
  );
  const rulers = index.objects('monitoring.coreos.com', 'ThanosRuler').length > 0;
  if (!index.complete || field === undefined || isHidden || rulers) return undefined;
  return [
    ...index.charts.flatMap((one) => ofChart(one, field)),
    ...['Prometheus', 'PrometheusAgent'].flatMap((one) =>
      index.objects('monitoring.coreos.com', one).map((manifest) => ofObject(manifest, field)),
    ),
  ];
}

function ofChart({ name, release, namespace, values }: Chart, field: string): Loading[] {
  const spec = recordAt(values, ['prometheus', 'prometheusSpec']);
  if (name !== 'kube-prometheus-stack') return [];
  if (recordAt(values, ['prometheus']).enabled === false) return [];
  const said = spec[`${field}Selector`];
  const isSaid = isRecord(said) && Object.keys(said).length > 0;
  // Without a selector the chart asks for its release's label, unless it is told not to.
  const usual =
    spec[`${field}SelectorNilUsesHelmValues`] === false ? {} : { matchLabels: { release } };
  const spaces = spec[`${field}NamespaceSelector`];
  return [
    {
      by: `Prometheus of chart ${name}`,
      selector: isSaid ? said : usual,
      namespaceSelector: isRecord(spaces) ? spaces : {},
      namespace,
    },
  ];
}

function ofObject({ kind, name, namespace, data }: Manifest, field: string): Loading {
  const spec = recordAt(data, ['spec']);
  return {
    by: `${kind} ${name}`,
    selector: spec[`${field}Selector`] ?? undefined,
    namespaceSelector: spec[`${field}NamespaceSelector`] ?? undefined,
    namespace,
  };
}
