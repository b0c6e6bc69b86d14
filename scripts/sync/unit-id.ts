import type { Manifest } from '../model.ts';
import type { Unit, UnitId } from './unit.ts';

/** The id of a unit within its cluster. */
export function unitId(kind: Unit['kind'], namespace: string, name: string): UnitId {
  return `${kind === 'Application' ? 'argocd' : 'flux'} ${kind} ${namespace}/${name}`;
}

/** The namespace of a sync object; without one it is where its engine is installed by default. */
export function namespaceOf({ namespace, kind }: Pick<Manifest, 'namespace' | 'kind'>): string {
  const isArgo = ['Application', 'ApplicationSet', 'AppProject'].includes(kind);
  return namespace ?? (isArgo ? 'argocd' : 'flux-system');
}
