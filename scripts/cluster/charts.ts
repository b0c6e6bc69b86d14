import { isRecord, listAt, recordAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { FieldPath, Manifest } from '../model.ts';

/** A Helm chart that an Argo CD Application or a Flux HelmRelease installs. */
export interface Chart {
  readonly manifest: Manifest;
  /** Empty when the chart is named elsewhere. */
  readonly name: string;
  /** The name of the release. */
  readonly release: string;
  /** Where it is installed; absent when that cannot be told. */
  readonly namespace?: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly valuesPath: FieldPath;
  /** Whether these are all the values; false when files, parameters or Secrets have more. */
  readonly hasAllValues: boolean;
}

/** The charts that a manifest installs; none for other kinds. */
export function chartsOf(manifest: Manifest): Chart[] {
  const group = groupOf(manifest.apiVersion);
  if (group === 'argoproj.io' && manifest.kind === 'Application') return ofApplication(manifest);
  if (group === 'helm.toolkit.fluxcd.io' && manifest.kind === 'HelmRelease') {
    return [ofRelease(manifest)];
  }
  return [];
}

function ofApplication(manifest: Manifest): Chart[] {
  const { data } = manifest;
  const namespace = textAt(data, ['spec', 'destination', 'namespace']);
  const sources: [unknown, FieldPath][] = [
    [valueAt(data, ['spec', 'source']), ['spec', 'source']],
    ...listAt(data, ['spec', 'sources']).map((source, index): [unknown, FieldPath] => [
      source,
      ['spec', 'sources', index],
    ]),
  ];
  return sources.flatMap(([source, path]) => {
    // A folder with a `helm` block is a chart in Git, which nothing here renders.
    const isChart = valueAt(source, ['chart']) !== undefined || isRecord(valueAt(source, ['helm']));
    if (!isChart) return [];
    const helm = recordAt(source, ['helm']);
    const more = ['values', 'valueFiles', 'parameters', 'fileParameters'];
    return {
      manifest,
      name: textAt(source, ['chart']) ?? '',
      release: textAt(helm, ['releaseName']) ?? manifest.name,
      ...(namespace && { namespace }),
      values: recordAt(helm, ['valuesObject']),
      valuesPath: [...path, 'helm', 'valuesObject'],
      hasAllValues: more.every((field) => helm[field] === undefined),
    };
  });
}

function ofRelease(manifest: Manifest): Chart {
  const { data } = manifest;
  const target = textAt(data, ['spec', 'targetNamespace']);
  const namespace = target ?? manifest.namespace;
  const usual = target === undefined ? manifest.name : `${target}-${manifest.name}`;
  return {
    manifest,
    release: textAt(data, ['spec', 'releaseName']) ?? usual,
    name:
      textAt(data, ['spec', 'chart', 'spec', 'chart']) ??
      textAt(data, ['spec', 'chartRef', 'name']) ??
      '',
    ...(namespace && { namespace }),
    values: recordAt(data, ['spec', 'values']),
    valuesPath: ['spec', 'values'],
    hasAllValues:
      valueAt(data, ['spec', 'valuesFrom']) === undefined &&
      valueAt(data, ['spec', 'postRenderers']) === undefined,
  };
}

/** Charts of which it is known that they bring none of `rare`. */
const wellKnown: ReadonlySet<string> = new Set([
  'argo-cd', 'argocd-apps', 'cert-manager', 'external-dns', 'external-secrets', 'flagger', 'flux2',
  'ingress-nginx', 'keda', 'kube-prometheus-stack', 'metrics-server', 'prometheus-adapter',
  'reloader', 'sealed-secrets', 'vertical-pod-autoscaler', 'vpa',
]); // biome-ignore format: a table

/** `ingressClassesOf` tells the one that a chart of these does bring. */
const rare = [
  'ClusterIssuer',
  'GatewayClass',
  'IngressClass',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
];

/** Whether a chart may bring an object of a kind that is in no namespace. */
export function mayBring({ name }: Chart, kind: string): boolean {
  return !wellKnown.has(name) || !rare.includes(kind);
}

/** The IngressClasses that charts surely bring. */
export function ingressClassesOf(charts: readonly Chart[]): string[] {
  return charts.flatMap(({ name, values }) => {
    if (name !== 'ingress-nginx') return [];
    return textAt(values, ['controller', 'ingressClassResource', 'name']) ?? 'nginx';
  });
}
