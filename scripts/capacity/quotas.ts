import { type Fields, fieldsOf, items } from '../kubernetes/faults.ts';
import { isRecord, listAt, valueAt } from '../kubernetes/fields.ts';
import { parseQuantity } from '../kubernetes/quantity.ts';
import type { Manifest } from '../model.ts';
import type { Contents, CountedPods } from './contents.ts';
import { type Use, useOf } from './uses.ts';

/** One hard limit of a quota and how much of it is used. */
export interface QuotaLine extends Use {
  readonly name: string;
  readonly hard: bigint;
  /** The limit as it is written. */
  readonly written: unknown;
}

/** A ResourceQuota with what it counts. */
export interface QuotaUse {
  readonly quota: Manifest;
  readonly matches: (pods: CountedPods) => boolean;
  readonly lines: readonly QuotaLine[];
}

/** The quotas of a namespace; those with a scope that is not known here are left out. */
export function quotasOf(contents: Contents): QuotaUse[] {
  return contents.manifests
    .filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'ResourceQuota')
    .flatMap((quota) => {
      const matches = matcherOf(fieldsOf(quota.data.spec));
      if (!matches) return [];
      const hard = fieldsOf(valueAt(quota.data, ['spec', 'hard']));
      const lines = Object.entries(hard).flatMap(([name, written]) => {
        const amount = parseQuantity(written);
        if (amount === undefined) return [];
        return { name, hard: amount, written, ...useOf(name, contents, matches) };
      });
      return { quota, matches, lines };
    });
}

type Matches = (pods: CountedPods, operator: string, values: readonly unknown[]) => boolean;

/** Which pods have a scope: podMatchesScopeFunc of pkg/quota/v1/evaluator/core/pods.go. */
const scopes: Readonly<Record<string, Matches>> = {
  BestEffort: isBestEffort,
  NotBestEffort: (pods) => !isBestEffort(pods),
  Terminating: isTerminating,
  NotTerminating: (pods) => !isTerminating(pods),
  CrossNamespacePodAffinity: ({ pod }) => looksAcross(pod.spec),
  PriorityClass: hasPriority,
};

function matcherOf(spec: Fields): ((pods: CountedPods) => boolean) | undefined {
  const plain = listAt(spec, ['scopes']).map((scope) => ({
    scope: String(scope),
    operator: 'Exists',
    values: [] as readonly unknown[],
  }));
  const selected = items(valueAt(spec, ['scopeSelector', 'matchExpressions']), []).map(([one]) => ({
    scope: String(one.scopeName),
    operator: String(one.operator),
    values: Array.isArray(one.values) ? one.values : [],
  }));
  const wanted = [...plain, ...selected];
  if (!wanted.every(({ scope }) => Object.hasOwn(scopes, scope))) return undefined;
  return (pods) =>
    wanted.every(({ scope, operator, values }) => scopes[scope]?.(pods, operator, values));
}

function isBestEffort({ requests, limits }: CountedPods): boolean {
  const names = ['cpu', 'memory'];
  return names.every((name) => !requests.get(name) && !limits.get(name));
}

function isTerminating({ pod }: CountedPods): boolean {
  const seconds = pod.spec.activeDeadlineSeconds;
  return typeof seconds === 'number' && seconds >= 0;
}

function hasPriority(
  { priorityClass }: CountedPods,
  operator: string,
  values: readonly unknown[],
): boolean {
  switch (operator) {
    case 'In':
      return values.includes(priorityClass);
    case 'NotIn':
      return !values.includes(priorityClass);
    case 'DoesNotExist':
      return priorityClass === '';
    default:
      return priorityClass !== '';
  }
}

/** Whether a term of the pod's affinity names other namespaces. */
function looksAcross(spec: Fields): boolean {
  return ['podAffinity', 'podAntiAffinity'].some((field) => {
    const affinity = valueAt(spec, ['affinity', field]);
    const required = listAt(affinity, ['requiredDuringSchedulingIgnoredDuringExecution']);
    const preferred = listAt(affinity, ['preferredDuringSchedulingIgnoredDuringExecution']);
    return [...required, ...preferred.map((one) => valueAt(one, ['podAffinityTerm']))].some(
      (term) =>
        listAt(term, ['namespaces']).length > 0 || isRecord(valueAt(term, ['namespaceSelector'])),
    );
  });
}

/** What quotas make every container say: validationSet of pkg/quota/v1/evaluator/core/pods.go. */
export const demanded: readonly string[] = [
  'cpu',
  'memory',
  'requests.cpu',
  'requests.memory',
  'limits.cpu',
  'limits.memory',
];
