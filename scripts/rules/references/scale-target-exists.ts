import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import { textAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, FieldPath, Manifest, Problem } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';

export const scaleTargetExists: ClusterRule = {
  id: 'references/scale-target-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'What an autoscaler scales is there, of the kind and group that it says.',
  why: 'An autoscaler that finds nothing scales nothing, and says so only in its status.',
  fix: 'Correct name, kind and apiVersion of the reference.',
  docs: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    for (const manifest of index.manifests) {
      const target = targetOf(manifest);
      if (target) yield* judge(index, manifest, target);
    }
  },
};

interface Target {
  readonly path: FieldPath;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** Where each kind of an autoscaler names its target, and what it takes when nothing is said. */
const autoscalers: Readonly<Record<string, { field: string; kind?: string; apiVersion: string }>> =
  {
    'autoscaling/HorizontalPodAutoscaler': { field: 'scaleTargetRef', apiVersion: '' },
    'keda.sh/ScaledObject': { field: 'scaleTargetRef', kind: 'Deployment', apiVersion: 'apps/v1' },
    'autoscaling.k8s.io/VerticalPodAutoscaler': { field: 'targetRef', apiVersion: '' },
  };

function targetOf({ apiVersion, kind, data }: Manifest): Target | undefined {
  const usual = autoscalers[`${groupOf(apiVersion)}/${kind}`];
  if (!usual) return undefined;
  const path = ['spec', usual.field];
  const name = textAt(data, [...path, 'name']);
  const of = textAt(data, [...path, 'kind']) ?? usual.kind;
  if (!name || !of) return undefined;
  const version = textAt(data, [...path, 'apiVersion']) ?? usual.apiVersion;
  return { path, apiVersion: version, kind: of, name };
}

/** Kinds of which only one group is meant. */
const groups: Readonly<Record<string, string>> = {
  Deployment: 'apps',
  StatefulSet: 'apps',
  DaemonSet: 'apps',
  ReplicaSet: 'apps',
};

/** Kinds that have no replicas to set. */
const fixed = ['DaemonSet', 'Job', 'CronJob', 'Pod'];

function* judge(index: ClusterIndex, manifest: Manifest, target: Target): Generator<Problem> {
  const { path, apiVersion, kind, name } = target;
  const { namespace } = manifest;
  const own = describeShort(manifest);
  const group = groupOf(apiVersion);
  const wanted = Object.hasOwn(groups, kind) ? groups[kind] : undefined;
  if (wanted !== undefined && group !== wanted) {
    const at = [...path, 'apiVersion'];
    const said = apiVersion === '' ? 'no apiVersion' : `apiVersion ${apiVersion}`;
    const message = `${own} scales ${kind} ${name} of ${said}, and a ${kind} is of apps/v1`;
    yield { manifest, path: textAt(manifest.data, at) ? at : path, message };
    return;
  }
  if (fixed.includes(kind) && manifest.kind !== 'VerticalPodAutoscaler') {
    const message = `${own} scales ${kind} ${name}, and a ${kind} has no replicas to set`;
    yield { manifest, path: [...path, 'kind'], message };
    return;
  }
  if (index.find(group, kind, name, namespace)) return;
  if (index.elsewhere.mayHold(kind, name, namespace)) return;
  const other = index.workloads.find(
    (one) => one.manifest.name === name && one.namespace === namespace,
  );
  const names = index
    .objects(group, kind)
    .flatMap((one) => (one.namespace === namespace ? one.name : []));
  const meant = nearest(name, names);
  const fix = other
    ? `There is a ${other.manifest.kind} of that name.`
    : meant && `Did you mean "${meant}"?`;
  yield {
    manifest,
    path: [...path, other ? 'kind' : 'name'],
    message: `${own} scales ${kind} ${namespace ? `${namespace}/` : ''}${name}, which nothing makes`,
    ...(fix && { fix }),
  };
}

function describeShort({ kind, name }: Manifest): string {
  return `${kind} ${name}`;
}
