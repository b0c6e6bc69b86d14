import { recordAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { ingressClassesOf } from './charts.ts';
import type { ClusterIndex } from './cluster-index.ts';
import { foreignEnd, type NetworkEnd } from './network-ends.ts';

/** Pods of a well-known controller, as NetworkPolicies see them. */
export interface Controller {
  /** As messages name it: `ingress-nginx in namespace ingress-nginx`. */
  readonly shown: string;
  readonly end: NetworkEnd;
}

/** The controllers of an Ingress class that are known by their charts. */
export function ingressControllersOf(index: ClusterIndex, className: string): Controller[] {
  return index.charts.flatMap((chart) => {
    if (!chart.hasAllValues || !ingressClassesOf([chart]).includes(className)) return [];
    const { values, namespace, release } = chart;
    // On the node's network it comes from everywhere.
    if (valueAt(values, ['controller', 'hostNetwork']) === true || !namespace) return [];
    const isRenamed = values.nameOverride !== undefined;
    return controller('ingress-nginx', namespace, {
      ...(!isRenamed && { 'app.kubernetes.io/name': 'ingress-nginx' }),
      'app.kubernetes.io/instance': release,
      'app.kubernetes.io/component': 'controller',
    });
  });
}

/** The operators of KEDA, which ask the sources of triggers. */
export function kedaOperatorsOf(index: ClusterIndex): Controller[] {
  const operators = index.charts.flatMap(({ name, namespace, values, hasAllValues }) => {
    if (name !== 'keda' || !namespace || !hasAllValues) return [];
    const operator = textAt(values, ['operator', 'name']) ?? 'keda-operator';
    return controller('KEDA', namespace, { 'app.kubernetes.io/name': operator });
  });
  // Each engine has its own object for the same release.
  return [...new Map(operators.map((one) => [one.shown, one])).values()];
}

/** The pods of a Prometheus that the operator runs. */
export function prometheusIn(namespace: string): Controller {
  return controller('Prometheus', namespace, {
    'app.kubernetes.io/name': 'prometheus',
    'app.kubernetes.io/managed-by': 'prometheus-operator',
  });
}

/** Whether a Prometheus of the cluster may be on the node's network. */
export function isPrometheusOnHost(index: ClusterIndex): boolean {
  const specs = [
    ...index.charts.map(({ values }) => recordAt(values, ['prometheus', 'prometheusSpec'])),
    ...['Prometheus', 'PrometheusAgent'].flatMap((kind) =>
      index.objects('monitoring.coreos.com', kind).map(({ data }) => recordAt(data, ['spec'])),
    ),
  ];
  return specs.some(({ hostNetwork }) => hostNetwork === true);
}

/** The class that an Ingress asks for, by its field or by the annotation of old. */
export function ingressClassOf(data: unknown): string | undefined {
  return (
    textAt(data, ['spec', 'ingressClassName']) ??
    textAt(data, ['metadata', 'annotations', 'kubernetes.io/ingress.class'])
  );
}

function controller(
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): Controller {
  return { shown: `${name} in namespace ${namespace}`, end: foreignEnd(namespace, labels) };
}
