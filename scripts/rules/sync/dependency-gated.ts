import { describe } from '../../kubernetes/manifests.ts';
import type { RepositoryRule } from '../../model.ts';
import { placeOf } from '../../sync/place-of.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';

/** Kinds that are there a while before they are of use. */
const slow: ReadonlySet<string> = new Set([
  'CustomResourceDefinition',
  'DaemonSet',
  'Deployment',
  'HelmRelease',
  'Job',
  'Kustomization',
  'StatefulSet',
]);

export const dependencyGated: RepositoryRule = {
  id: 'sync/dependency-gated',
  scope: 'repository',
  severity: 'warning',
  summary: 'A Flux Kustomization that others depend on waits for what it applies.',
  why: 'Without `wait` or `healthChecks` it counts as ready as soon as it is applied, and those that depend on it start before anything runs.',
  fix: 'Set `wait: true` in the Kustomization that is depended on.',
  docs: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#wait',

  *check(repository) {
    const rendered = new Map(repository.rendered.map((one) => [one.target.name, one]));
    for (const { units } of syncGraphOf(repository).clusters) {
      for (const unit of units) {
        const { kind, gates, targets } = unit;
        if (kind !== 'Kustomization' || gates.wait || gates.healthChecks.length > 0) continue;
        const waiting = units.find(({ dependsOn }) =>
          dependsOn.some(({ id, readyExpr }) => id === unit.id && !readyExpr),
        );
        const manifests = targets.flatMap((name) => rendered.get(name)?.manifests ?? []);
        const late = manifests.find((manifest) => slow.has(manifest.kind));
        if (!waiting || !late) continue;
        yield {
          ...placeOf(unit, ['spec', 'wait']),
          message: `${describe(waiting)} depends on ${describe(unit)}, which is ready before its ${describe(late)} is`,
        };
      }
    }
  },
};
