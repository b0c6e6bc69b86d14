import { describe } from '../../kubernetes/manifests.ts';
import type { FieldPath } from '../../model.ts';
import { placeOf } from '../../sync/place-of.ts';
import type { PlannedObject } from '../../sync/simulate/plan.ts';
import type { Place } from '../../sync/sync-graph.ts';
import type { Unit } from '../../sync/unit.ts';

const wave = ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave'];

/** Where a unit says what it waits for. */
export function waitingPlace(unit: Unit): Place {
  return placeOf(unit, unit.kind === 'Application' ? wave : ['spec', 'dependsOn']);
}

/** Where an object says when it is applied within its unit. */
export function wavePlace({ manifest }: PlannedObject): Place & { readonly path: FieldPath } {
  return { manifest, path: wave };
}

/** How to make one unit wait for another. */
export function waitingFix(unit: Unit, awaited: Unit): string {
  const name = describe(awaited);
  if (unit.kind === 'Application') {
    return `Put it into a later sync wave than ${name}, in the same app of apps.`;
  }
  if (unit.kind === awaited.kind) {
    return `Name ${name} under \`dependsOn\`, and let that \`wait\` until it is ready.`;
  }
  return `Let it depend on the ${unit.kind} that applies ${name}, and let that \`wait\`.`;
}

/** `ServiceMonitor web/api`, or `ServiceMonitor web/api and 2 more`. */
export function withMore([first, ...others]: readonly PlannedObject[]): string {
  if (!first) return '';
  return `${describe(first.manifest)}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}

/** `wave -1`, or `phase PreSync`, of an object whose unit has several of them. */
export function stepName({ step: { phase, wave: number } }: PlannedObject): string {
  return phase === 1 ? `wave ${number}` : `phase ${phase === 0 ? 'PreSync' : 'PostSync'}`;
}
