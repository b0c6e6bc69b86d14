import { kindDefaults } from './kind-defaults.ts';
import { type Fields, isObject } from './objects.ts';
import { podDefaults } from './pod-defaults.ts';
import { field } from './selectors.ts';
import type { KubernetesObject } from './types.ts';

/** Where kinds keep their pod. */
export const podPaths: Readonly<Record<string, readonly string[]>> = {
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
const groups = new Set([
  'v1',
  'apps/v1',
  'batch/v1',
  'autoscaling/v2',
  'networking.k8s.io/v1',
  'rbac.authorization.k8s.io/v1',
]);

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
  kindDefaults(String(kind), view);
  return view;
}

/** A copy without `null` fields, which no typed object has. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutNulls(each)]));
}
