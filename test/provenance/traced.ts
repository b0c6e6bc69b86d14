import { type Discovery, discover } from '../../scripts/discover/discover.ts';
import type { FieldPath, Manifest } from '../../scripts/model.ts';
import { type Canary, type CanaryContext, runCanary } from '../../scripts/provenance/canary.ts';
import { builderOf, type RenderedDiscovery, renderRounds } from '../../scripts/render-rounds.ts';

/** A repository with the canary build of all its targets. */
export interface Traced {
  readonly context: CanaryContext;
  readonly canary: Canary;
  readonly manifests: readonly Manifest[];
}

/** Renders targets of a repository, and once more with marks. Fails where one of both fails. */
export async function trace(root: string, below = ''): Promise<Traced> {
  const done = await renderAll(root, below);
  const { rendered, substitutions, discovery } = done;
  const { sources, targets } = discovery;
  const again = builderOf(done, { root, sources });
  const build: CanaryContext['build'] = async (some, folder, prepare) => {
    const built = await again(some, folder, prepare);
    assertBuilt(built);
    return built;
  };
  const manifests = rendered.flatMap((one) => one.manifests);
  const context: CanaryContext = {
    root: discovery.root,
    sources: new Map(sources.map((source) => [source.path, source])),
    targets,
    rendered,
    substitutions,
    build,
  };
  return { context, canary: await runCanary(manifests, context), manifests };
}

/** Renders targets as their clusters' engines do. Fails where one of them fails. */
export async function renderAll(root: string, below = ''): Promise<RenderedDiscovery> {
  const narrow = (all: Discovery): Discovery => ({
    ...all,
    targets: all.targets.filter(({ target }) => target.path.startsWith(below)),
  });
  const given = { root, only: [], ignore: [], clusters: [], allowed: new Set<never>(), given: [] };
  const found = narrow(discover(given));
  const done = await renderRounds(found, ({ sources }) => ({ root, sources }), narrow);
  assertBuilt(done.rendered);
  return done;
}

function assertBuilt(rendered: CanaryContext['rendered']): void {
  for (const { target, failures } of rendered) {
    if (failures[0]) throw new Error(`${target.path}: ${failures[0].message}`);
  }
}

/** The paths of all values in an object that hold no others. */
export function leavesOf(value: unknown, path: FieldPath = []): FieldPath[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  if (entries.length === 0) return [path];
  return entries.flatMap(([step, item]) => leavesOf(item, [...path, step]));
}
