import { recordAt } from '../kubernetes/fields.ts';
import type { Manifest } from '../model.ts';
import type { Unit } from './unit.ts';

/** Whether a unit deletes an object that is no longer in Git. */
export function prunes(unit: Unit, manifest: Manifest): boolean {
  if (!unit.policy.prune) return false;
  if (unit.engine === 'flux') return !isDisabled(manifest);
  const options = [...unit.policy.options, ...optionsOf(manifest)];
  return !options.some((one) => one === 'Prune=false' || one === 'Prune=confirm');
}

/** Whether a unit deletes an object when the unit itself is deleted. */
export function deletesWithItself(unit: Unit, manifest: Manifest): boolean {
  if (unit.engine === 'flux') {
    const { deletion = 'MirrorPrune', prune } = unit.policy;
    const isKept = deletion === 'Orphan' || (deletion === 'MirrorPrune' && !prune);
    return !isKept && !isDisabled(manifest);
  }
  const cascades = unit.finalizers.some((one) => one.startsWith('resources-finalizer.argocd.'));
  const options = [...unit.policy.options, ...optionsOf(manifest)];
  return cascades && !options.some((one) => one === 'Delete=false' || one === 'Delete=confirm');
}

/** Flux takes the label as well as the annotation. */
function isDisabled({ data }: Manifest): boolean {
  return ['annotations', 'labels'].some((field) => {
    const value = recordAt(data, ['metadata', field])['kustomize.toolkit.fluxcd.io/prune'];
    return typeof value === 'string' && value.toLowerCase() === 'disabled';
  });
}

/** Argo CD's sync options of one object. */
export function optionsOf({ data }: Manifest): string[] {
  const value = recordAt(data, ['metadata', 'annotations'])['argocd.argoproj.io/sync-options'];
  return typeof value === 'string' ? value.split(',').map((one) => one.trim()) : [];
}
