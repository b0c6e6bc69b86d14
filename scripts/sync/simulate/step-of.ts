import { textAt } from '../../kubernetes/fields.ts';
import type { Manifest } from '../../model.ts';
import type { Unit } from '../unit.ts';
import type { Step } from './plan.ts';

/** Hooks by name; those without a phase are none of a sync's own. */
const phases: Readonly<Record<string, number | undefined>> = {
  PreSync: 0,
  Sync: 1,
  PostSync: 2,
  Skip: undefined,
  SyncFail: undefined,
  PreDelete: undefined,
  PostDelete: undefined,
  'pre-install': 0,
  'pre-upgrade': 0,
  'post-install': 2,
  'post-upgrade': 2,
  'pre-delete': undefined,
  'post-delete': undefined,
  'pre-rollback': undefined,
  'post-rollback': undefined,
  test: undefined,
};

/** The step at which a unit's engine applies an object; undefined for hooks that no sync runs. */
export function stepOf(
  { kind: unitKind }: Pick<Unit, 'kind'>,
  manifest: Manifest,
): Step | undefined {
  if (unitKind !== 'Application') return { phase: 1, wave: fluxStage(manifest.kind) };
  const phase = phaseOf(manifest);
  return phase === undefined ? undefined : { phase, wave: waveOf(manifest) };
}

/** kustomize-controller applies definitions and waits for them, then classes, then the rest. */
function fluxStage(kind: string): number {
  if (kind === 'CustomResourceDefinition' || kind === 'Namespace') return 0;
  return kind.endsWith('Class') ? 1 : 2;
}

/** Of a hook in several phases the first counts. */
function phaseOf({ data }: Manifest): number | undefined {
  const argo = textAt(data, ['metadata', 'annotations', 'argocd.argoproj.io/hook']);
  const written = argo ?? textAt(data, ['metadata', 'annotations', 'helm.sh/hook']) ?? '';
  const names = written.split(',').map((name) => name.trim());
  const hooks = names.filter((name) => Object.hasOwn(phases, name));
  // What names no hook that Argo CD knows is an ordinary object.
  if (hooks.length === 0) return 1;
  const run = hooks.flatMap((name) => phases[name] ?? []);
  return run.length === 0 ? undefined : Math.min(...run);
}

function waveOf({ data }: Manifest): number {
  const own = textAt(data, ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave']);
  const written = own ?? textAt(data, ['metadata', 'annotations', 'helm.sh/hook-weight']) ?? '';
  return /^[+-]?\d{1,9}$/.test(written) ? Number(written) : 0;
}

/** Below zero when `a` comes first; zero for the same step. */
export function compareSteps(a: Step, b: Step): number {
  return a.phase - b.phase || a.wave - b.wave;
}
