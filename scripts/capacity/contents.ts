import { textAt } from '../kubernetes/fields.ts';
import type { Manifest } from '../model.ts';
import { type Amounts, amountsOf } from './amounts.ts';
import { type Limit, limitsOf } from './limit-ranges.ts';
import { type PodAmounts, podAmounts } from './pod-amounts.ts';
import { type PodSet, podSetsOf, priorityClassOf } from './pod-sets.ts';
import { resourceNameOf } from './resource-names.ts';
import type { Scale } from './scales.ts';

/** Pods with what each of them counts. */
export interface CountedPods extends PodSet, PodAmounts {
  /** Empty when it has none. */
  readonly priorityClass: string;
}

/** Claims for volumes that one object makes. */
export interface CountedClaims extends Scale {
  readonly storage: bigint;
  /** Absent when it is the cluster's default class. */
  readonly storageClass?: string;
}

/** What is in one namespace, as far as quotas count it. */
export interface Contents {
  readonly manifests: readonly Manifest[];
  readonly limits: readonly Limit[];
  readonly pods: readonly CountedPods[];
  readonly claims: readonly CountedClaims[];
  /** How many objects there are, by resource: `deployments.apps`. */
  readonly objects: ReadonlyMap<string, number>;
}

/**
 * Counts a namespace.
 *
 * @param all everything in its cluster, for runtime and priority classes
 */
export function contentsOf(manifests: readonly Manifest[], all: readonly Manifest[]): Contents {
  const limits = limitsOf(manifests);
  const pods = podSetsOf(manifests, all).map((set): CountedPods => {
    const runtime = overheadOf(textAt(set.pod.spec, ['runtimeClassName']), all);
    return {
      ...set,
      ...podAmounts(set.pod, limits, runtime),
      priorityClass: priorityClassOf(set.pod, all),
    };
  });
  const claims = [
    ...pods.flatMap(({ claims, min, max }) => claims.map((one) => claimOf(one, { min, max }))),
    ...manifests
      .filter(({ kind, apiVersion }) => kind === 'PersistentVolumeClaim' && apiVersion === 'v1')
      .map(({ data }) => claimOf(data, { min: 1, max: 1 })),
  ];
  const objects = new Map<string, number>();
  for (const one of manifests) {
    const name = resourceNameOf(one);
    objects.set(name, (objects.get(name) ?? 0) + 1);
  }
  return { manifests, limits, pods, claims, objects };
}

function overheadOf(runtimeClass: string | undefined, all: readonly Manifest[]) {
  if (runtimeClass === undefined) return undefined;
  const found = all.find(({ kind, name }) => kind === 'RuntimeClass' && name === runtimeClass);
  const overhead = found?.data.overhead as { podFixed?: unknown } | undefined;
  return found ? amountsOf(overhead?.podFixed) : undefined;
}

function claimOf(claim: unknown, scale: Scale): CountedClaims {
  const requests: Amounts = amountsOf(storageRequests(claim));
  const annotation = ['metadata', 'annotations', 'volume.beta.kubernetes.io/storage-class'];
  const storageClass = textAt(claim, annotation) ?? textAt(claim, ['spec', 'storageClassName']);
  return {
    ...scale,
    storage: requests.get('storage') ?? 0n,
    ...(storageClass !== undefined && { storageClass }),
  };
}

function storageRequests(claim: unknown): unknown {
  const spec = (claim as { spec?: { resources?: { requests?: unknown } } } | null)?.spec;
  return spec?.resources?.requests;
}
