import { type Fields, fieldsOf } from '../kubernetes/faults.ts';
import { listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import { type PodTemplate, podTemplateOf } from '../kubernetes/pod-templates.ts';
import type { Manifest } from '../model.ts';
import { rollingUpdateOf } from './rolling.ts';
import { asCount, autoscalersOf, countAt, keyOf, type Scale, scaleOf } from './scales.ts';

/** The pods that one object makes. */
export interface PodSet extends Scale {
  readonly workload: Manifest;
  readonly pod: PodTemplate;
  /** Pods that a rolling update at maximum scale adds before it takes any away; 0 when it need not. */
  readonly surge: number;
  /** Whether Git says how many there are; what scales it may be elsewhere when it does not. */
  readonly isCounted: boolean;
  /** Makes a pod on every node that fits, which is how many nobody says. */
  readonly perNode: boolean;
  /** Volumes that each of its pods claims for itself. */
  readonly claims: readonly unknown[];
}

/**
 * The pods of everything among these manifests that makes some. Those that come and go (Jobs,
 * runs of a CronJob) count at maximum scale only; runs of one CronJob count once, whatever its
 * concurrency policy.
 */
export function podSetsOf(
  namespaced: readonly Manifest[],
  all: readonly Manifest[] = namespaced,
): PodSet[] {
  return namespaced.flatMap((workload) => {
    const pod = podTemplateOf(workload) ?? scaledJobTemplate(workload);
    if (!pod || workload.kind === 'PodTemplate') return [];
    const { kind, data } = workload;
    const scale = countsOf(workload, all);
    const rolling = kind === 'Deployment' ? rollingUpdateOf(workload, scale.max) : undefined;
    return [
      {
        workload,
        pod,
        ...scale,
        surge: rolling && scale.max > 0 && rolling.unavailable === 0 ? rolling.surge : 0,
        isCounted:
          countAt(data, 'replicas') !== undefined || autoscalersOf(all).has(keyOf(workload)),
        perNode: kind === 'DaemonSet',
        claims: kind === 'StatefulSet' ? listAt(data, ['spec', 'volumeClaimTemplates']) : [],
      },
    ];
  });
}

function countsOf(workload: Manifest, all: readonly Manifest[]): Scale {
  const { kind, data } = workload;
  switch (kind) {
    case 'Pod':
      return { min: 1, max: 1 };
    case 'DaemonSet':
      return { min: 0, max: 0 };
    case 'Job':
      return { min: 0, max: podsOfJob(fieldsOf(data.spec)) };
    case 'CronJob':
      if (valueAt(data, ['spec', 'suspend']) === true) return { min: 0, max: 0 };
      return { min: 0, max: podsOfJob(fieldsOf(valueAt(data, ['spec', 'jobTemplate', 'spec']))) };
    case 'ScaledJob': {
      const each = podsOfJob(fieldsOf(valueAt(data, ['spec', 'jobTargetRef'])));
      return { min: 0, max: (countAt(data, 'maxReplicaCount') ?? 100) * each };
    }
    default:
      return scaleOf(workload, all);
  }
}

/** How many pods of a Job run at a time. */
function podsOfJob({ suspend, parallelism, completions }: Fields): number {
  if (suspend === true) return 0;
  return Math.min(asCount(parallelism) ?? 1, asCount(completions) ?? Number.MAX_SAFE_INTEGER);
}

function scaledJobTemplate({ apiVersion, kind, data }: Manifest): PodTemplate | undefined {
  if (groupOf(apiVersion) !== 'keda.sh' || kind !== 'ScaledJob') return undefined;
  const path = ['spec', 'jobTargetRef', 'template'];
  const template = fieldsOf(valueAt(data, path));
  return {
    metadata: fieldsOf(template.metadata),
    metadataPath: [...path, 'metadata'],
    spec: fieldsOf(template.spec),
    specPath: [...path, 'spec'],
    claims: [],
  };
}

/** The PriorityClass of a pod, or the cluster's default one. */
export function priorityClassOf({ spec }: PodTemplate, all: readonly Manifest[]): string {
  return textAt(spec, ['priorityClassName']) || defaultClassOf(all);
}

const defaultClasses = new WeakMap<readonly Manifest[], string>();

/** Looked for once among the same manifests, however many pods ask. */
function defaultClassOf(all: readonly Manifest[]): string {
  let name = defaultClasses.get(all);
  if (name === undefined) {
    const byDefault = all.find(
      ({ kind, data }) => kind === 'PriorityClass' && data.globalDefault === true,
    );
    name = byDefault?.name ?? '';
    defaultClasses.set(all, name);
  }
  return name;
}
