import { discover } from '../../scripts/discover/discover.ts';
import type { FieldPath, Manifest, Rendered } from '../../scripts/model.ts';
import { type Canary, type CanaryContext, runCanary } from '../../scripts/provenance/canary.ts';
import { render } from '../../scripts/render/render.ts';

/** A repository with the canary build of all its targets. */
export interface Traced {
  readonly context: CanaryContext;
  readonly canary: Canary;
  readonly manifests: readonly Manifest[];
}

/** Renders targets of a repository, and once more with marks. Fails where one of both fails. */
export async function trace(root: string, below = ''): Promise<Traced> {
  const found = discover({
    root,
    only: [],
    ignore: [],
    clusters: [],
    allowed: new Set(),
    given: [],
  });
  const targets = found.targets.filter(({ target }) => target.path.startsWith(below));
  const build: CanaryContext['build'] = async (some, folder) => {
    const { rendered } = await render(some, { root: folder, sources: found.sources });
    assertBuilt(rendered);
    return rendered;
  };
  const rendered = await build(targets, found.root);
  const manifests = rendered.flatMap((one) => one.manifests);
  const sources = new Map(found.sources.map((source) => [source.path, source]));
  const context: CanaryContext = { root: found.root, sources, targets, rendered, build };
  return { context, canary: await runCanary(manifests, context), manifests };
}

function assertBuilt(rendered: readonly Rendered[]): void {
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
