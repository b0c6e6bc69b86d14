import { textAt } from '../kubernetes/fields.ts';
import type { TargetFiles } from '../model.ts';
import type { BatchItem } from './batch.ts';

/** What one target of a batch was made of and became. */
export interface Built {
  readonly input: TargetFiles;
  readonly items: readonly BatchItem[];
}

/**
 * Whether targets built in one run may have changed each other: kustomize gives the
 * names of generated objects a hash at the end and then corrects every reference in
 * the same namespace, also those of a neighbour that meant another object.
 */
export function influenceEachOther(targets: readonly Built[]): boolean {
  return targets.some((one) => {
    const names = generatedIn(one);
    const others = targets.filter((other) => other !== one);
    return names.size > 0 && others.some(({ items }) => items.some((item) => meets(item, names)));
  });
}

/** The namespaces in which a target has objects whose names may have been changed. */
function generatedIn({ input, items }: Built): Set<string> {
  return new Set(input.generates ? items.filter(isGenerable).map(namespaceOf) : []);
}

function isGenerable({ data }: BatchItem): boolean {
  return data.apiVersion === 'v1' && (data.kind === 'ConfigMap' || data.kind === 'Secret');
}

/** Kinds of the whole cluster in which kustomize corrects names of ConfigMaps and Secrets. */
const clusterWideReferrers: ReadonlySet<unknown> = new Set(['ClusterRole', 'PersistentVolume']);

function meets(item: BatchItem, namespaces: ReadonlySet<string>): boolean {
  if (clusterWideReferrers.has(item.data.kind)) return true;
  return item.data.kind !== 'Namespace' && namespaces.has(namespaceOf(item));
}

/** Kustomize takes no namespace for the one named default. */
function namespaceOf({ data }: BatchItem): string {
  return textAt(data, ['metadata', 'namespace']) ?? 'default';
}
