import { listAt, recordAt, textAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import { matchesLabels } from '../kubernetes/workloads.ts';
import type { Manifest } from '../model.ts';

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet';

/** A workload that runs until somebody stops it. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly name: string;
  /** Names of its containers, as a regular expression. */
  readonly containers: string;
  /** Names of its pods, as a regular expression. */
  readonly pods: string;
  readonly hasVolumes: boolean;
}

/** Everything that a dashboard shows of a target, by what is there. */
export interface Facts {
  readonly namespaces: readonly string[];
  readonly workloads: readonly Workload[];
  /** Services whose `http` port Prometheus scrapes. */
  readonly services: readonly string[];
  readonly autoscalers: readonly string[];
  readonly scaledObjects: readonly string[];
  /** Counters that autoscalers scale by, as the requests a second they name. */
  readonly rates: readonly string[];
  /** Workloads that a VerticalPodAutoscaler looks at. */
  readonly sized: readonly Workload[];
  readonly cronJobs: readonly string[];
  readonly hasQuota: boolean;
}

/** Reads the facts from what a target renders to; each list in the order of names. */
export function factsOf(manifests: readonly Manifest[]): Facts {
  const workloads = manifests.flatMap((one) => workloadOf(one)).sort(byName);
  const named = (kind: string, group?: string) =>
    manifests
      .filter((one) => one.kind === kind && (!group || groupOf(one.apiVersion) === group))
      .sort(byName);
  const sized = named('VerticalPodAutoscaler').map(({ data }) =>
    textAt(data, ['spec', 'targetRef', 'name']),
  );
  const namespaces = manifests.flatMap(({ namespace }) => namespace ?? []);
  return {
    namespaces: [...new Set(namespaces)].sort(),
    workloads,
    services: scrapedServices(manifests),
    autoscalers: named('HorizontalPodAutoscaler').map(({ name }) => name),
    scaledObjects: named('ScaledObject', 'keda.sh').map(({ name }) => name),
    rates: [...new Set(named('HorizontalPodAutoscaler').flatMap(ratesOf))].sort(),
    sized: workloads.filter(({ name }) => sized.includes(name)),
    cronJobs: named('CronJob').map(({ name }) => name),
    hasQuota: named('ResourceQuota').length > 0,
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

/**
 * What follows a workload's name in those of its pods. A Job's pods may begin with the same
 * name: no hash of a ReplicaSet is as short as a word, and none has a vowel.
 */
const podSuffixes: Readonly<Record<WorkloadKind, string>> = {
  Deployment: '[b-df-hj-np-tv-z2-9]{6,10}-[b-df-hj-np-tv-z2-9]{5}',
  StatefulSet: '[0-9]+',
  DaemonSet: '[b-df-hj-np-tv-z2-9]{5}',
};

function workloadOf({ apiVersion, kind, name, data }: Manifest): Workload[] {
  if (apiVersion !== 'apps/v1' || !isWorkloadKind(kind)) return [];
  const containers = listAt(data, ['spec', 'template', 'spec', 'containers']);
  return [
    {
      kind,
      name,
      containers: containers.map((one) => textAt(one, ['name'])).join('|'),
      pods: `${name}-${podSuffixes[kind]}`,
      hasVolumes: listAt(data, ['spec', 'volumeClaimTemplates']).length > 0,
    },
  ];
}

function isWorkloadKind(kind: string): kind is WorkloadKind {
  return Object.hasOwn(podSuffixes, kind);
}

function scrapedServices(manifests: readonly Manifest[]): string[] {
  const selectors = manifests
    .filter(({ kind }) => kind === 'ServiceMonitor')
    .filter(({ data }) =>
      listAt(data, ['spec', 'endpoints']).some((one) => textAt(one, ['port']) === 'http'),
    )
    .map(({ data }) => recordAt(data, ['spec', 'selector', 'matchLabels']));
  return manifests
    .filter(({ kind, data }) => {
      const labels = recordAt(data, ['metadata', 'labels']);
      return kind === 'Service' && selectors.some((selector) => matchesLabels(selector, labels));
    })
    .filter(({ data }) =>
      listAt(data, ['spec', 'ports']).some((port) => textAt(port, ['name']) === 'http'),
    )
    .map(({ name }) => name)
    .sort();
}

/** `x_requests` of the Pods metric `x_requests_per_second`. */
function ratesOf({ data }: Manifest): string[] {
  return listAt(data, ['spec', 'metrics'])
    .map((metric) => textAt(metric, ['pods', 'metric', 'name']))
    .flatMap((name) => /^(\w+)_per_second$/.exec(name ?? '')?.[1] ?? []);
}
