import { describe } from '../../kubernetes/manifests.ts';
import type { FieldPath, Manifest, RepositoryRule } from '../../model.ts';
import { liveUnits } from '../../sync/applied.ts';
import { isDescribed, isProduction } from '../../sync/environment.ts';
import { placeOf } from '../../sync/place-of.ts';
import type { ClusterSync } from '../../sync/sync-graph.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';
import type { Revision, UnitSource } from '../../sync/unit-source.ts';
import { isUnseen } from '../../sync/unseen.ts';

export const revisionPinned: RepositoryRule = {
  id: 'sync/revision-pinned',
  scope: 'repository',
  severity: 'error',
  summary: 'Production follows a tag, a commit or an exact chart version.',
  why: 'What a branch or a range means changes without a commit here, so nobody reviews it and no revert takes it back.',
  fix: 'Name a tag, a commit or an exact version. Only the object that brings the others may follow a branch.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/',

  *check(repository) {
    for (const sync of syncGraphOf(repository).clusters) {
      const { cluster } = sync;
      if (!isProduction(cluster)) continue;
      for (const unit of liveUnits(sync)) {
        // The wiring itself has to follow something, or no release could ever move a tag in it.
        if (bringsOthers(unit.id, sync) || isUnseen(unit, repository.files)) continue;
        for (const source of unit.sources) {
          const fault = faultOf(source);
          if (!fault) continue;
          const { manifest, path } = writtenIn(source, sync) ?? placeOf(unit, source.revision.at);
          yield {
            manifest,
            path,
            message: `${describe(manifest)} follows ${fault} in production`,
            // Where nobody said that this is production, only its name did.
            ...(!isDescribed(cluster) && { severity: 'note' as const }),
          };
        }
      }
    }
  },
};

function bringsOthers(id: string, { units, applicationSets }: ClusterSync): boolean {
  return (
    applicationSets.some(({ parents }) => parents.includes(id)) ||
    // Releases and charts are what is deployed, and no wiring.
    units.some(
      ({ parents, sources }) => parents.includes(id) && sources.some(({ kind }) => kind === 'git'),
    )
  );
}

/** A chart's version stands in the release, every other revision of Flux in its source. */
function writtenIn(
  { reference, revision, kind }: UnitSource,
  { sources }: ClusterSync,
): { readonly manifest: Manifest; readonly path: FieldPath } | undefined {
  const source = sources.find(({ id }) => id === reference);
  if (!source || kind === 'chart' || source.revision !== revision) return undefined;
  return { manifest: source.manifest, path: revision.at };
}

function faultOf({ kind, revision, chart }: UnitSource): string | undefined {
  const { kind: is, value }: Revision = revision;
  if (kind === 'chart' && chart) {
    if (is === 'head') return `the newest version of chart ${chart}`;
    return is === 'semver' ? `the range "${value}" of chart ${chart}` : undefined;
  }
  if (is === 'head') return 'the default branch';
  if (is === 'branch') return `the branch "${value}"`;
  if (is === 'semver') return `the range "${value}"`;
  return is === 'tag' && value === 'latest' ? 'the tag "latest"' : undefined;
}
