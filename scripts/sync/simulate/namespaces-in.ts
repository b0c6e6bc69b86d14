import { textAt } from '../../kubernetes/fields.ts';
import type { Moment, Plan } from './plan.ts';

/** What Kubernetes has without anybody. */
const builtIn = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** Who makes namespaces in a plan. */
export interface NamespaceMakers {
  /** Whether it is there before the first sync. */
  isThere(namespace: string): boolean;
  /** Who makes it; the moments of those that make it in passing are earlier than all of theirs. */
  makers(namespace: string): readonly Moment[];
}

/** Reads it from Namespaces in Git, `CreateNamespace=true`, charts and the cluster's description. */
export function namespacesIn({ sync, units }: Plan): NamespaceMakers {
  const there = new Set([
    ...builtIn,
    ...sync.cluster.external.namespaces.map(({ name }) => name),
    // The engine's own objects are in it already.
    ...units.filter(({ unit }) => unit.parents.length === 0).map(({ unit }) => unit.namespace),
  ]);
  const made = new Map<string, Moment[]>();
  const add = (name: string, moment: Moment): void => {
    made.set(name, [...(made.get(name) ?? []), moment]);
  };
  for (const { unit, objects } of units) {
    for (const { manifest, step } of objects) {
      if (manifest.kind === 'Namespace') add(manifest.name, { unit, step });
    }
    if (unit.policy.createsNamespace && unit.destination.namespace) {
      add(unit.destination.namespace, { unit });
    }
    for (const name of unit.release?.contents?.namespaces ?? []) add(name, { unit });
  }
  return {
    isThere: (name) => there.has(name),
    makers: (name) => made.get(name) ?? [],
  };
}

/** The namespaces that a release or an Application needs besides those that its objects name. */
export function namespacesOfUnit({ unit }: Plan['units'][number]): string[] {
  if (unit.policy.remote || !unit.release) return [];
  const storage = unit.release.storageNamespace ?? textAt(unit.data, ['spec', 'storageNamespace']);
  return [unit.destination.namespace, storage].filter((name) => name !== undefined);
}
