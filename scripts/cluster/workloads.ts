import { isRecord, recordAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import { podLabelsOf } from '../kubernetes/workloads.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { type PodSpec, podSpecOf } from '../secrets/pod-specs.ts';

/** What makes pods, with the pods it makes. */
export interface Workload {
  readonly manifest: Manifest;
  /** The pod spec, and where it stands. */
  readonly spec: Readonly<Record<string, unknown>>;
  readonly specPath: FieldPath;
  /** The labels of its pods. */
  readonly labels: Readonly<Record<string, unknown>>;
  /** Absent when only the engine knows it. */
  readonly namespace?: string;
  /** Whether Kubernetes itself runs it; false for a custom kind built alike, such as a Rollout. */
  readonly isBuiltIn: boolean;
}

/** A manifest as what makes pods; undefined for kinds that show no pod spec. */
export function workloadOf(manifest: Manifest): Workload | undefined {
  const { kind, namespace, data } = manifest;
  const group = groupOf(manifest.apiVersion);
  const pod = podSpecOf(manifest) ?? emptyPodOf(manifest);
  if (!pod) return undefined;
  const metadata = recordAt(data, [...pod.path.slice(0, -1), 'metadata']);
  return {
    manifest,
    spec: pod.data,
    specPath: pod.path,
    labels: isRecord(metadata.labels) ? metadata.labels : {},
    ...(namespace && { namespace }),
    isBuiltIn: group === 'apps' || group === 'batch' || (group === '' && kind !== 'PodTemplate'),
  };
}

/** The pod of a built-in kind whose containers are missing: its labels are there all the same. */
function emptyPodOf(manifest: Manifest): PodSpec | undefined {
  if (podLabelsOf(manifest) === undefined) return undefined;
  const { kind, data } = manifest;
  const template = ['spec', 'template', 'spec'];
  const path =
    kind === 'Pod'
      ? ['spec']
      : kind === 'CronJob'
        ? ['spec', 'jobTemplate', ...template]
        : template;
  return { data: recordAt(data, path), path };
}
