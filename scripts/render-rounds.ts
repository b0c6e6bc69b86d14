import type { Discovery } from './discover/discover.ts';
import { withGenerated } from './generated-applications.ts';
import type { Rendered, TargetFiles } from './model.ts';
import { type RenderOptions, type RenderResult, render } from './render/render.ts';
import { type Substitution, substituteRendered } from './sync/substitution/substitute-rendered.ts';

/** What was found in the end, and everything that it renders to. */
export interface RenderedDiscovery extends RenderResult {
  readonly discovery: Discovery;
  /** What kustomize made, before anything was put into it. */
  readonly built: readonly Rendered[];
  /** What variables do, by the target's name. */
  readonly substitutions: ReadonlyMap<string, Substitution>;
}

/** An app of apps of apps is rare; what is deeper goes round in a circle. */
const mostRounds = 8;

/**
 * Renders all targets, then those that rendered sync objects bring, until there are no more.
 * A repository whose sync objects all stand in files as they are takes one round.
 *
 * @param narrow leaves targets out of each round
 * @param how renders the targets of a round
 */
export async function renderRounds(
  first: Discovery,
  optionsFor: (discovery: Discovery) => RenderOptions,
  narrow: (discovery: Discovery) => Discovery,
  how: typeof render = render,
): Promise<RenderedDiscovery> {
  let discovery = first;
  let current = await renderOnce(discovery, optionsFor, { builds: new Map() }, how);
  for (let round = 1; round < mostRounds; round++) {
    const more = discovery.further(await withGenerated(current.rendered, discovery));
    if (!more) break;
    discovery = narrow(more);
    current = await renderOnce(discovery, optionsFor, current, how);
  }
  const { builds: _, ...result } = current;
  return { ...result, discovery };
}

/**
 * Builds targets from the copies of their files below another root.
 *
 * @param prepare writes the copies; called as late as may be
 */
type BuildCopies = (
  targets: Discovery['targets'],
  root: string,
  prepare: () => void,
) => Promise<readonly Rendered[]>;

/**
 * Builds targets again from copies of their files below another root, and puts into them
 * what was put into the first renders.
 */
export function builderOf(
  { discovery, rendered, kustomize }: RenderedDiscovery,
  options: RenderOptions,
): BuildCopies {
  const { clusters } = discovery;
  const own = { ...options, ...(kustomize && { kustomize }), sources: [] };
  return async (targets, root, prepare) => {
    const again = await render(targets, { ...own, root, prepare });
    const inputs = new Map(targets.map(({ target, input }) => [target.name, input]));
    const sources = new Map(discovery.sources.map((source) => [source.path, source]));
    return substituteRendered(again.rendered, inputs, { rendered, clusters, sources }).rendered;
  };
}

interface Round extends Omit<RenderedDiscovery, 'discovery'> {
  /** What was built before anything was put into it, by what it was made of. */
  readonly builds: ReadonlyMap<string, Rendered>;
}

async function renderOnce(
  discovery: Discovery,
  optionsFor: (discovery: Discovery) => RenderOptions,
  before: Pick<Round, 'builds' | 'kustomize'>,
  how: typeof render,
): Promise<Round> {
  const { targets, clusters } = discovery;
  const { builds: known } = before;
  const isKnown = (one: Discovery['targets'][number]) => known.has(keyOf(one));
  const left = known.size > 0 ? targets.filter((one) => !isKnown(one)) : targets;
  const found = before.kustomize && { kustomize: before.kustomize };
  const result = { ...found, ...(await how(left, { ...optionsFor(discovery), ...found })) };
  const fresh = new Map(result.rendered.map((one) => [one.target.name, one]));
  const built = targets.flatMap((one) => {
    const same = known.get(keyOf(one));
    return fresh.get(one.target.name) ?? (same ? [withTarget(same, one.target)] : []);
  });
  const builds = new Map([
    ...known,
    ...targets.flatMap((one, index) => {
      const own = built[index];
      return own ? [[keyOf(one), own] as const] : [];
    }),
  ]);
  const inputs = new Map(targets.map(({ target, input }) => [target.name, input]));
  const sources = new Map(discovery.sources.map((source) => [source.path, source]));
  const context = { rendered: built, clusters, sources };
  return { ...result, ...substituteRendered(built, inputs, context), built, builds };
}

/** Equal for targets that render alike before variables. */
function keyOf({ target, input }: { target: Rendered['target']; input: TargetFiles }): string {
  const { changed, postBuild, files } = input;
  return JSON.stringify([target.kind, target.path, changed?.text, postBuild !== undefined, files]);
}

function withTarget(rendered: Rendered, target: Rendered['target']): Rendered {
  if (JSON.stringify(rendered.target) === JSON.stringify(target)) return rendered;
  const manifests = rendered.manifests.map((manifest) => ({ ...manifest, target }));
  return { ...rendered, target, manifests };
}
