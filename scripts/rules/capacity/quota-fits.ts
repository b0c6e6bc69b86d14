import { amountText } from '../../capacity/amount-text.ts';
import { namespacesOf } from '../../capacity/namespaces.ts';
import type { QuotaLine } from '../../capacity/quotas.ts';
import { quoted } from '../../kubernetes/faults.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Problem } from '../../model.ts';

/** Enforces what the ResourceQuota admission plugin counts (pkg/quota/v1/evaluator/core of kubernetes/kubernetes). */
export const quotaFits: ClusterRule = {
  id: 'capacity/quota-fits',
  scope: 'cluster',
  severity: 'error',
  summary:
    'A ResourceQuota has room for its namespace at minimum scale, and should have it at maximum scale and for a rollout.',
  why: 'The API server refuses the pods beyond the quota: a workload stays short of replicas, and nobody sees more than an event.',
  fix: 'Raise the quota, or lower the requests, limits or replicas that it counts.',
  docs: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',

  *check(view) {
    for (const { quotas } of namespacesOf(view)) {
      for (const { quota, lines } of quotas) {
        for (const line of lines) {
          const problem = problemOf(line);
          if (problem) yield { manifest: quota, path: ['spec', 'hard', line.name], ...problem };
        }
      }
    }
  },
};

type Told = Pick<Problem, 'message' | 'fix' | 'severity'>;

function problemOf(line: QuotaLine): Told | undefined {
  const { name, hard, written, min, max, surges } = line;
  const limit = `${name} ${quoted(written)} is below`;
  if (min > hard) {
    const need = amountText(name, min);
    const message = `${limit} the ${need} that the namespace needs at minimum scale`;
    return { message, severity: 'error', ...fixOf(line, need) };
  }
  if (max > hard) {
    const need = amountText(name, max);
    const message = `${limit} the ${need} that the namespace needs at maximum scale`;
    return { message, severity: 'warning', ...fixOf(line, need) };
  }
  const [largest] = surges.toSorted((a, b) => Number(b.amount - a.amount));
  if (!largest || max + largest.amount <= hard) return undefined;
  const need = amountText(name, max + largest.amount);
  const message = `${limit} the ${need} that a rollout of ${describe(largest.workload)} needs at maximum scale`;
  return { message, severity: 'warning', ...fixOf(line, need) };
}

function fixOf({ name, perNode }: QuotaLine, need: string): { fix: string } {
  const more = perNode > 0n ? ` DaemonSets add ${amountText(name, perNode)} for every node.` : '';
  return {
    fix: `Raise it to ${need} at least, or lower the requests, limits or replicas that it counts.${more}`,
  };
}
