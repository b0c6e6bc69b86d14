import { amountText } from '../../capacity/amount-text.ts';
import { type Amounts, amountsOf } from '../../capacity/amounts.ts';
import type { CountedPods } from '../../capacity/contents.ts';
import { type Limit, requirementsOf, resourcesPath } from '../../capacity/limit-ranges.ts';
import { namespacesOf } from '../../capacity/namespaces.ts';
import { together } from '../../capacity/pod-amounts.ts';
import { fieldsOf, items, plain } from '../../kubernetes/faults.ts';
import { valueAt } from '../../kubernetes/fields.ts';
import type { ClusterRule, FieldPath, Manifest, Problem } from '../../model.ts';

/** Enforces the LimitRanger admission plugin (plugin/pkg/admission/limitranger of kubernetes/kubernetes). */
export const limitRangeRespected: ClusterRule = {
  id: 'capacity/limit-range-respected',
  scope: 'cluster',
  severity: 'error',
  summary: 'Containers, pods and claims stay within the LimitRanges of their namespace.',
  why: 'The API server refuses the pod or claim: the workload has no replicas, and only an event says why.',
  fix: 'Bring the amount within the bounds, or change the LimitRange.',
  docs: 'https://kubernetes.io/docs/concepts/policy/limit-range/',

  *check(view) {
    for (const { contents } of namespacesOf(view)) {
      const { limits, pods, manifests } = contents;
      if (limits.length === 0) continue;
      for (const set of pods) yield* podProblems(set, limits);
      for (const claim of manifests) {
        if (claim.kind === 'PersistentVolumeClaim')
          yield* claimProblems(claim, claim.data, [], limits);
      }
      for (const { workload, claims } of pods) {
        for (const [index, claim] of claims.entries()) {
          const path = ['spec', 'volumeClaimTemplates', index];
          yield* claimProblems(workload, claim, path, limits);
        }
      }
    }
  },
};

function* podProblems(
  { workload, pod }: CountedPods,
  limits: readonly Limit[],
): Generator<Problem> {
  for (const field of ['initContainers', 'containers']) {
    for (const [container, at] of items(pod.spec[field], [...pod.specPath, field])) {
      const own = requirementsOf(container, limits);
      const path = resourcesPath(container, at);
      const what = `container ${plain(container.name)}`;
      for (const [name, { range }] of own.given) {
        const [request, limit] = [own.requests.get(name), own.limits.get(name)];
        if (request === undefined || limit === undefined || request <= limit) continue;
        const message = `${what} requests ${name} ${amountText(name, request)}, above the limit ${amountText(name, limit)} that LimitRange ${range.name} gives it`;
        yield {
          manifest: workload,
          path,
          message,
          fix: 'Set a limit of its own in the container.',
        };
      }
      for (const limit of limits.filter(({ type }) => type === 'Container')) {
        const faults = boundFaults(what, own.requests, own.limits, limit);
        for (const message of faults) yield { manifest: workload, path, message };
      }
    }
  }
  for (const limit of limits.filter(({ type }) => type === 'Pod')) {
    const requests = together(pod.spec, limits, 'requests');
    const faults = boundFaults('a pod', requests, together(pod.spec, limits, 'limits'), limit);
    for (const message of faults) {
      yield { manifest: workload, path: [...pod.specPath, 'containers'], message };
    }
  }
}

function* claimProblems(
  manifest: Manifest,
  claim: unknown,
  path: FieldPath,
  limits: readonly Limit[],
): Generator<Problem> {
  const at = ['spec', 'resources', 'requests'];
  const requests = amountsOf(fieldsOf(valueAt(claim, at)));
  for (const { range, min, max } of limits.filter(({ type }) => type === 'PersistentVolumeClaim')) {
    const amount = requests.get('storage');
    const [least, most] = [min.get('storage'), max.get('storage')];
    if (amount === undefined) continue;
    const said = `the claim requests storage ${amountText('storage', amount)}, and LimitRange ${range.name}`;
    const where = { manifest, path: [...path, ...at] };
    if (least !== undefined && amount < least) {
      yield { ...where, message: `${said} wants at least ${amountText('storage', least)}` };
    } else if (most !== undefined && amount > most) {
      yield { ...where, message: `${said} allows at most ${amountText('storage', most)}` };
    }
  }
}

/** What is below the least, above the most, or has a limit too far from its request. */
function* boundFaults(
  what: string,
  requests: Amounts,
  limits: Amounts,
  limit: Limit,
): Generator<string> {
  const { range, min, max, ratio } = limit;
  for (const [name, least] of min) {
    const request = requests.get(name);
    const shown = amountText(name, least);
    if (request === undefined) {
      yield `${what} requests no ${name}, and LimitRange ${range.name} wants at least ${shown}`;
    } else if (request < least) {
      yield `${what} requests ${name} ${amountText(name, request)}, and LimitRange ${range.name} wants at least ${shown}`;
    }
  }
  for (const [name, most] of max) {
    const capped = limits.get(name);
    const shown = amountText(name, most);
    if (capped === undefined) {
      yield `${what} has no limit of ${name}, and LimitRange ${range.name} allows at most ${shown}`;
    } else if (capped > most) {
      yield `${what} has a limit of ${name} ${amountText(name, capped)}, and LimitRange ${range.name} allows at most ${shown}`;
    }
  }
  for (const [name, most] of ratio) {
    const [request, capped] = [requests.get(name), limits.get(name)];
    if (!request || !capped || capped * 1_000_000_000n <= most * request) continue;
    yield `${what} has a limit of ${name} ${amountText(name, capped)} for a request of ${amountText(name, request)}, and LimitRange ${range.name} allows ${amountText('', most)} times as much`;
  }
}
