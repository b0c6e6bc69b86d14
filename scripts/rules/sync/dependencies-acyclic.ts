import type { RepositoryRule } from '../../model.ts';
import { placeOf } from '../../sync/place-of.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';
import { cyclesIn, waitingIn } from '../../sync/waiting.ts';

export const dependenciesAcyclic: RepositoryRule = {
  id: 'sync/dependencies-acyclic',
  scope: 'repository',
  severity: 'error',
  summary: 'No Flux object waits for itself, directly or through others.',
  why: 'None of them ever becomes ready. A parent with `wait` waits for every Kustomization it applies, so a child that depends on its parent is a cycle, too.',
  fix: 'Take one of these dependencies away.',
  docs: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',

  *check(repository) {
    for (const sync of syncGraphOf(repository).clusters) {
      const waiting = waitingIn(sync);
      const units = new Map(sync.units.map((unit) => [unit.id, unit]));
      const told = new Set<string>();
      for (const cycle of cyclesIn(waiting)) {
        const key = cycle.toSorted().join();
        // The same beginning on every machine: where the one with the first name waits.
        const from = cycle.indexOf(cycle.toSorted()[0] ?? '');
        const order = [...cycle.slice(from), ...cycle.slice(0, from)];
        const [first = '', second = first] = order;
        const unit = units.get(first);
        const edge = waiting.get(first)?.find(({ on }) => on === second);
        if (!unit || !edge || told.has(key)) continue;
        told.add(key);
        const names = [...order, first].map(
          (id) => `${units.get(id)?.namespace}/${units.get(id)?.name}`,
        );
        yield {
          ...placeOf(unit, edge.at),
          message: `${unit.kind} ${names.slice(0, 8).join(' waits for ')}${names.length > 8 ? ' ...' : ''}`,
        };
      }
    }
  },
};
