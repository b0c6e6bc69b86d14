import { fieldsOf } from '../../kubernetes/faults.ts';
import { recordAt } from '../../kubernetes/fields.ts';
import { UserError } from '../../shared/errors.ts';
import { podPaths } from '../server-view.ts';
import type { KubernetesObject } from '../types.ts';

const apiVersions: Readonly<Record<string, string>> = {
  Pod: 'v1',
  PodTemplate: 'v1',
  ReplicationController: 'v1',
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
};

/**
 * The pod template of an object as an object of another kind. Its own name, namespace, labels
 * and annotations stay; of the rest there is only the pod.
 *
 * @throws UserError for a kind that has no pod template
 */
export function asKind(object: KubernetesObject, kind: string): KubernetesObject {
  const [from, to] = [templatePath(String(object.kind)), templatePath(kind)];
  const template = from.length === 0 ? object : recordAt(object, from);
  const metadata = fieldsOf(object.metadata);
  const own = marksOf(template.metadata);
  const head = { apiVersion: apiVersions[kind], kind };
  if (to.length === 0) {
    return { ...head, metadata: withMarks(metadata, own), spec: template.spec };
  }
  const pod = { metadata: own, spec: template.spec };
  const body = to.reduceRight<unknown>((inner, step) => ({ [step]: inner }), pod);
  return { ...head, metadata, ...(body as KubernetesObject) };
}

/** Without the last step, which is the pod's `spec`. */
function templatePath(kind: string): readonly string[] {
  const path = Object.hasOwn(podPaths, kind) ? podPaths[kind] : undefined;
  if (!path) throw new UserError(`kind ${kind} has no pod template`);
  return path.slice(0, -1);
}

/** Labels and annotations, where there are any. */
function marksOf(metadata: unknown): KubernetesObject {
  const { labels, annotations } = fieldsOf(metadata);
  return {
    ...(labels !== undefined && { labels }),
    ...(annotations !== undefined && { annotations }),
  };
}

function withMarks(metadata: KubernetesObject, marks: KubernetesObject): KubernetesObject {
  const joined = Object.entries(marks).map(([name, own]) => [
    name,
    { ...fieldsOf(metadata[name]), ...fieldsOf(own) },
  ]);
  return { ...metadata, ...Object.fromEntries(joined) };
}
