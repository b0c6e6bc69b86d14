import { type ClusterIndex, indexesOf } from '../../cluster/cluster-index.ts';
import { podsMatching } from '../../cluster/selection.ts';
import { selectorOf } from '../../cluster/service-selector.ts';
import type { Workload } from '../../cluster/workloads.ts';
import { listAt, recordAt, textAt } from '../../kubernetes/fields.ts';
import type { ClusterRule, Manifest, Problem } from '../../model.ts';

export const serviceSelectsOneApp: ClusterRule = {
  id: 'selectors/service-selects-one-app',
  scope: 'cluster',
  severity: 'error',
  summary: 'A Service sends its requests to the pods of one app.',
  why: 'A share of the requests reaches pods that do not know what to do with them.',
  fix: 'Add the label to the selector that tells the apps apart.',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/service/#services-in-kubernetes',

  *check(view) {
    for (const index of indexesOf(view)) {
      for (const service of index.objects('', 'Service')) yield* judge(index, service);
    }
  },
};

function* judge(index: ClusterIndex, service: Manifest): Generator<Problem> {
  const selector = selectorOf(service);
  if (!selector || isForMetrics(service)) return;
  const caught = strangers(index, service, selector);
  if (!caught) return;
  const { one, other, by } = caught;
  yield {
    manifest: service,
    path: ['spec', 'selector'],
    message: `selector of Service ${service.name} matches the pods of ${nameOf(one)} and of ${nameOf(other)}`,
    ...(by
      ? { fix: `Add ${by}, which tells them apart.` }
      : { fix: 'Give the pods of the Job another label than those that serve.' }),
  };
}

const identities = ['app.kubernetes.io/name', 'app', 'k8s-app', 'app.kubernetes.io/component'];

/** Two workloads behind a Service that are no versions of the same. */
function strangers(
  index: ClusterIndex,
  { namespace }: Manifest,
  selector: Readonly<Record<string, unknown>>,
): { one: Workload; other: Workload; by?: string } | undefined {
  const pods = podsMatching(index, { matchLabels: selector }, namespace);
  const [one, ...others] = pods;
  if (!one) return undefined;
  for (const other of others) {
    const by = identities.find(
      (key) =>
        Object.hasOwn(one.labels, key) &&
        Object.hasOwn(other.labels, key) &&
        one.labels[key] !== other.labels[key],
    );
    if (by) return { one, other, by };
  }
  const served = pods.find((workload) => !isJob(workload));
  const job = pods.find(isJob);
  return served && job ? { one: served, other: job } : undefined;
}

function isJob({ manifest }: Workload): boolean {
  return manifest.kind === 'Job' || manifest.kind === 'CronJob';
}

function nameOf({ manifest }: Workload): string {
  return `${manifest.kind} ${manifest.name}`;
}

/** One Service for the metrics of several workloads is meant so; so is one without an address. */
function isForMetrics({ data }: Manifest): boolean {
  const ports = listAt(data, ['spec', 'ports']);
  const isMetrics = ports.every((port) => /metrics|prom/.test(textAt(port, ['name']) ?? ''));
  return (ports.length > 0 && isMetrics) || recordAt(data, ['spec']).clusterIP === 'None';
}
