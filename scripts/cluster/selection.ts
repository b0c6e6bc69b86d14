import { listAt, recordAt } from '../kubernetes/fields.ts';
import { isEmptySelector, mismatchOf } from '../kubernetes/label-selectors.ts';
import { type ClusterIndex, couldMeet } from './cluster-index.ts';
import { wantedLabels } from './label-hint.ts';
import { type LabelIndex, labelIndexOf } from './label-index.ts';
import type { Workload } from './workloads.ts';

/** Whether a selector meets pods; `unknown` when others may have made some that it meets. */
export type Selection = 'some' | 'none' | 'unknown';

/** What a label selector finds among the pods of one namespace. */
export function selectionOf(
  index: ClusterIndex,
  selector: unknown,
  namespace: string | undefined,
): Selection {
  if (isEmptySelector(selector)) return 'unknown';
  const own = withoutGenerated(selector);
  if (own === undefined) return 'unknown';
  if (podsMatching(index, own, namespace).length > 0) return 'some';
  if (!index.complete || namespace === undefined) return 'unknown';
  const wanted = wantedLabels(own);
  if (wanted.length === 0) return 'unknown';
  if (wanted.some(([key]) => isForeign(index, key))) return 'unknown';
  const values = wanted.flatMap(([, some]) => some);
  return index.elsewhere.mayHavePods(namespace, values) ? 'unknown' : 'none';
}

/** The workloads whose pods a selector matches in a namespace. */
export function podsMatching(
  index: ClusterIndex,
  selector: unknown,
  namespace: string | undefined,
): Workload[] {
  return candidates(index, selector).filter(
    (one) => couldMeet(one.namespace, namespace) && mismatchOf(selector, one.labels) === undefined,
  );
}

const byLabel = new WeakMap<ClusterIndex, LabelIndex<Workload>>();

function candidates(index: ClusterIndex, selector: unknown): readonly Workload[] {
  let labelled = byLabel.get(index);
  if (!labelled) {
    labelled = labelIndexOf(index.workloads, ({ labels }) => labels);
    byLabel.set(index, labelled);
  }
  return labelled(selector);
}

/** Labels that controllers of Kubernetes give pods when they make them. */
const generated =
  /^(batch\.kubernetes\.io\/|apps\.kubernetes\.io\/pod-index$|statefulset\.kubernetes\.io\/|job-name$|controller-uid$|controller-revision-hash$|pod-template-)/;

/** A selector without the labels that controllers add; undefined when nothing else is left. */
export function withoutGenerated(selector: unknown): unknown {
  const equal = Object.entries(recordAt(selector, ['matchLabels']));
  const expressions = listAt(selector, ['matchExpressions']);
  const matchLabels = equal.filter(([key]) => !generated.test(key));
  const matchExpressions = expressions.filter(
    (one) => !generated.test(String(recordAt(one, []).key)),
  );
  if (matchLabels.length + matchExpressions.length === 0) return undefined;
  return { matchLabels: Object.fromEntries(matchLabels), matchExpressions };
}

/** A label of somebody's domain that no pod in Git has: an operator gives it to its own pods. */
export function isForeign({ workloads }: ClusterIndex, key: string): boolean {
  if (!key.includes('/') || key.startsWith('app.kubernetes.io/')) return false;
  return !workloads.some(({ labels }) => Object.hasOwn(labels, key));
}
