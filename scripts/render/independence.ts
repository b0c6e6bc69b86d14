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
  const owners = new Map<string, number>();
  const shared = new Set<string>();
  for (const [index, { items }] of targets.entries()) {
    for (const item of items) {
      const namespace = namespaceOf(item);
      if ((owners.get(namespace) ?? index) !== index) shared.add(namespace);
      owners.set(namespace, index);
    }
  }
  return targets.some(
    ({ input, items }) =>
      input.generates && items.some((item) => isGenerable(item) && shared.has(namespaceOf(item))),
  );
}

function isGenerable({ data }: BatchItem): boolean {
  return data.apiVersion === 'v1' && (data.kind === 'ConfigMap' || data.kind === 'Secret');
}

function namespaceOf({ data }: BatchItem): string {
  return textAt(data, ['metadata', 'namespace']) ?? '';
}
