import { valueAt } from '../../kubernetes/fields.ts';
import { describe, groupOf } from '../../kubernetes/manifests.ts';
import type { Manifest, RepositoryRule } from '../../model.ts';
import { appliedIn } from '../../sync/applied.ts';
import { placeOf } from '../../sync/place-of.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';
import type { IgnoredDifference } from '../../sync/unit.ts';

export const differencesRespected: RepositoryRule = {
  id: 'sync/differences-respected',
  scope: 'repository',
  severity: 'error',
  summary:
    'What an Application ignores when it compares is ignored when it syncs, and names the right group.',
  why: 'Without RespectIgnoreDifferences every sync writes the ignored field again, so that an autoscaler loses its replicas; an entry of the wrong group ignores nothing.',
  fix: 'Add the sync option `RespectIgnoreDifferences=true`, or take the field out of Git.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#respect-ignore-difference-configs',

  *check(repository) {
    for (const sync of syncGraphOf(repository).clusters) {
      const applied = Map.groupBy(
        appliedIn(sync, repository.rendered, () => undefined),
        ({ unit }) => unit.id,
      );
      for (const unit of sync.units) {
        if (unit.kind !== 'Application') continue;
        const own = (applied.get(unit.id) ?? []).map(({ manifest }) => manifest);
        const respects = unit.policy.options.includes('RespectIgnoreDifferences=true');
        for (const one of unit.ignored) {
          const named = own.filter((manifest) => isNamed(manifest, one));
          const fitting = named.filter(({ apiVersion }) => isGroup(one, apiVersion));
          const [other] = named;
          if (other && fitting.length === 0) {
            const [written, right] = [one.group, groupOf(other.apiVersion)];
            yield {
              ...placeOf(unit, [...one.at, 'group']),
              message: `ignoreDifferences names kind ${one.kind} of group "${written}", which is of group "${right}"`,
              fix: `Set \`group: ${right || '""'}\`.`,
            };
          }
          if (respects) continue;
          const set = fitting.flatMap((manifest) =>
            one.jsonPointers
              .filter((pointer) => valueAt(manifest.data, toPath(pointer)) !== undefined)
              .map((pointer) => ({ manifest, pointer })),
          )[0];
          if (!set) continue;
          yield {
            ...placeOf(unit, one.at),
            message: `every sync of ${describe(unit)} writes ${set.pointer} of ${describe(set.manifest)}, which it ignores only when it compares`,
          };
        }
      }
    }
  },
};

function isNamed({ kind, name, namespace }: Manifest, one: IgnoredDifference): boolean {
  return (
    kind === one.kind &&
    (one.name === undefined || one.name === name) &&
    (one.namespace === undefined || namespace === undefined || one.namespace === namespace)
  );
}

function isGroup({ group }: IgnoredDifference, apiVersion: string): boolean {
  return group === groupOf(apiVersion) || group.includes('*');
}

function toPath(pointer: string): string[] {
  const parts = pointer.split('/').slice(1);
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
