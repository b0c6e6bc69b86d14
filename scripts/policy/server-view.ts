import { type Fields, isObject, objects } from './objects.ts';
import { podDefaults } from './pod-defaults.ts';
import { field } from './selectors.ts';
import { canonicalMap, canonicalResources } from './server-quantity.ts';
import type { KubernetesObject } from './types.ts';

/** Where kinds keep their pod. */
const podPaths: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  PodTemplate: ['template', 'spec'],
  Deployment: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};
const groups = new Set(['v1', 'apps/v1', 'batch/v1', 'autoscaling/v2', 'networking.k8s.io/v1']);

/**
 * An object as policies see it in the API server: without nulls and the zeros that it never
 * stores, quantities in its own writing, and its defaults filled in. Objects of kinds that are
 * not built in stay as they are.
 */
export function serverView(object: KubernetesObject): KubernetesObject {
  const { apiVersion, kind } = object;
  if (!groups.has(String(apiVersion))) return object;
  const view = withoutNulls(object) as Fields;
  const path = Object.hasOwn(podPaths, String(kind)) ? podPaths[String(kind)] : undefined;
  const pod = path?.reduce<unknown>(field, view);
  if (isObject(pod)) podDefaults(pod, kind !== 'Job' && kind !== 'CronJob');
  const spec = view.spec;
  if (isObject(spec)) kindDefaults(String(kind), spec);
  return view;
}

function kindDefaults(kind: string, spec: Fields): void {
  if (['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'].includes(kind)) {
    spec.replicas ??= 1;
  }
  if (kind === 'HorizontalPodAutoscaler') spec.minReplicas ??= 1;
  if (kind === 'Job') {
    spec.backoffLimit ??= 6;
    if (spec.completions === undefined && spec.parallelism === undefined) {
      spec.completions = 1;
    }
    spec.parallelism ??= 1;
  }
  if (kind === 'CronJob') {
    spec.concurrencyPolicy ??= 'Allow';
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
  }
  if (kind === 'Service') serviceDefaults(spec);
  if (kind === 'NetworkPolicy') {
    const egress = Array.isArray(spec.egress) && spec.egress.length > 0;
    spec.policyTypes ??= egress ? ['Ingress', 'Egress'] : ['Ingress'];
  }
  if (kind === 'PersistentVolumeClaim') {
    spec.volumeMode ??= 'Filesystem';
    canonicalResources(spec.resources);
  }
  if (kind === 'ResourceQuota') canonicalMap(spec.hard);
}

function serviceDefaults(spec: Fields): void {
  spec.type ??= 'ClusterIP';
  spec.sessionAffinity ??= 'None';
  for (const port of objects(spec.ports)) {
    port.protocol ??= 'TCP';
    port.targetPort ??= port.port;
  }
}

/** A copy without `null` fields, which no typed object has. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutNulls(each)]));
}
