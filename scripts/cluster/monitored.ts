import { isRecord, listAt, recordAt, valueAt } from '../kubernetes/fields.ts';
import { mismatchOf } from '../kubernetes/label-selectors.ts';
import type { Manifest } from '../model.ts';
import type { ClusterIndex } from './cluster-index.ts';
import { type LabelIndex, labelIndexOf } from './label-index.ts';
import { podsMatching } from './selection.ts';
import type { Workload } from './workloads.ts';

/** The Services in Git that a ServiceMonitor selects. */
export function servicesOf(monitor: Manifest, index: ClusterIndex): Manifest[] {
  let labelled = byLabel.get(index);
  if (!labelled) {
    labelled = labelIndexOf(index.objects('', 'Service'), labelsOf);
    byLabel.set(index, labelled);
  }
  const selector = selectorOf(monitor);
  return labelled(selector).filter(
    (one) => looksInto(monitor, one.namespace) && mismatchOf(selector, labelsOf(one)) === undefined,
  );
}

const byLabel = new WeakMap<ClusterIndex, LabelIndex<Manifest>>();

function labelsOf({ data }: Manifest) {
  return recordAt(data, ['metadata', 'labels']);
}

/** The workloads in Git whose pods a PodMonitor selects. */
export function podsOf(monitor: Manifest, index: ClusterIndex): Workload[] {
  const names = namespacesIn(monitor);
  return podsMatching(index, selectorOf(monitor), undefined).filter(
    ({ namespace }) => names === undefined || names.includes(namespace),
  );
}

/** Where a monitor looks: names of namespaces, or `undefined` for everywhere. */
export function namespacesIn(monitor: Manifest): readonly (string | undefined)[] | undefined {
  const selector = recordAt(monitor.data, ['spec', 'namespaceSelector']);
  if (selector.any === true) return undefined;
  const names = listAt(selector, ['matchNames']).filter((one) => typeof one === 'string');
  return names.length > 0 ? names : [monitor.namespace];
}

function looksInto(monitor: Manifest, namespace: string | undefined): boolean {
  const names = namespacesIn(monitor);
  return names === undefined || names.includes(namespace);
}

function selectorOf(monitor: Manifest): unknown {
  const selector = valueAt(monitor.data, ['spec', 'selector']);
  return isRecord(selector) ? selector : {};
}
