import type { Manifest, Rendered } from '../model.ts';
import { matchesGlob } from './application-set/match-path.ts';
import type { ClusterSync } from './sync-graph.ts';
import type { Unit, UnitId } from './unit.ts';

type Parts = Pick<ClusterSync, 'units' | 'applicationSets' | 'projects' | 'sources'>;

/** Adds to every object the units that apply it: those whose target renders it. */
export function withParents(parts: Parts, rendered: readonly Rendered[]): Parts {
  const appliers = appliersByManifest(parts.units, rendered);
  const parentsOf = (manifests: readonly Manifest[]): UnitId[] => [
    ...new Set(manifests.flatMap((manifest) => appliers.get(manifest) ?? [])),
  ];
  const added = <T extends { readonly manifest: Manifest }>(one: T): T & { parents: UnitId[] } => ({
    ...one,
    parents: parentsOf([one.manifest]),
  });
  return {
    units: parts.units.map((unit) => {
      const { manifest, also } = unit.declared;
      // What applies its own object has nobody above it for that.
      const parents = parentsOf([manifest, ...also]).filter((id) => id !== unit.id);
      return { ...unit, parents };
    }),
    applicationSets: parts.applicationSets.map(added),
    projects: parts.projects.map(added),
    sources: parts.sources.map(added),
  };
}

function appliersByManifest(
  units: readonly Unit[],
  rendered: readonly Rendered[],
): Map<Manifest, UnitId[]> {
  const byTarget = new Map<string, Unit[]>();
  for (const unit of units) {
    for (const name of unit.targets) byTarget.set(name, [...(byTarget.get(name) ?? []), unit]);
  }
  return new Map(
    rendered.flatMap(({ target, manifests }) =>
      manifests.map((manifest) => {
        const own = byTarget.get(target.name) ?? [];
        const ids = own.filter((unit) => takes(unit, manifest)).map(({ id }) => id);
        return [manifest, ids] as const;
      }),
    ),
  );
}

/** Whether a unit with `include` or `exclude` applies the file that an object stands in. */
export function takes({ sources }: Unit, { origin, target }: Manifest): boolean {
  if (!origin || target?.kind === 'kustomization') return true;
  return sources.some(({ isOwn, path, include, exclude }) => {
    if (!isOwn || path === undefined) return false;
    if (path !== '' && !origin.file.startsWith(`${path}/`)) return false;
    const file = path === '' ? origin.file : origin.file.slice(path.length + 1);
    return (!include || matchesGlob(include, file)) && !(exclude && matchesGlob(exclude, file));
  });
}
