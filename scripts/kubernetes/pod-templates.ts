import type { FieldPath, Manifest } from '../model.ts';
import { type Fields, fieldsOf } from './faults.ts';
import { valueAt } from './fields.ts';

/** The pod that an object is or makes. */
export interface PodTemplate {
  readonly metadata: Fields;
  readonly metadataPath: FieldPath;
  readonly spec: Fields;
  readonly specPath: FieldPath;
  /** Names of the volumes that the kind itself adds, from claims. */
  readonly claims: readonly unknown[];
}

const templatePaths: Readonly<Record<string, FieldPath>> = {
  'v1/Pod': [],
  'v1/PodTemplate': ['template'],
  'v1/ReplicationController': ['spec', 'template'],
  'apps/v1/Deployment': ['spec', 'template'],
  'apps/v1/ReplicaSet': ['spec', 'template'],
  'apps/v1/StatefulSet': ['spec', 'template'],
  'apps/v1/DaemonSet': ['spec', 'template'],
  'batch/v1/Job': ['spec', 'template'],
  'batch/v1/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
};

const found = new WeakMap<Manifest, PodTemplate | undefined>();

/** The pod of a built-in workload; undefined for other kinds and where there is no pod spec. */
export function podTemplateOf(manifest: Manifest): PodTemplate | undefined {
  // Several rules ask, one after the other.
  if (!found.has(manifest)) found.set(manifest, findPodTemplate(manifest));
  return found.get(manifest);
}

function findPodTemplate({ apiVersion, kind, data }: Manifest): PodTemplate | undefined {
  const key = `${apiVersion}/${kind}`;
  const path = Object.hasOwn(templatePaths, key) ? templatePaths[key] : undefined;
  if (!path) return undefined;
  const template = fieldsOf(valueAt(data, path));
  if (typeof template.spec !== 'object' || template.spec === null) return undefined;
  const claims = kind === 'StatefulSet' ? valueAt(data, ['spec', 'volumeClaimTemplates']) : [];
  return {
    metadata: fieldsOf(template.metadata),
    metadataPath: [...path, 'metadata'],
    spec: fieldsOf(template.spec),
    specPath: [...path, 'spec'],
    claims: Array.isArray(claims)
      ? claims.map((claim) => valueAt(claim, ['metadata', 'name']))
      : [],
  };
}
