import { manifestsOf } from '../kubernetes/manifests.ts';
import { readYaml } from '../kubernetes/yaml.ts';
import type { Rendered, RenderFailure } from '../model.ts';
import type { BuildTarget } from './plan-batches.ts';

/** Equal for targets that are built from the same files in the same way. */
export function buildKey({ target, input }: BuildTarget): string {
  return `${target.path}\0${input.changed?.text ?? ''}`;
}

/** The one of some equal builds whose result serves them all: the one that keeps its texts. */
export function mostWanted(same: readonly BuildTarget[]): BuildTarget[] {
  const wanted = same.find(({ input }) => input.postBuild) ?? same[0];
  return wanted ? [wanted] : [];
}

/** Builds that serve several targets, with the others. */
export function sharedBuilds(
  builds: ReadonlyMap<string, readonly BuildTarget[]>,
): (readonly [BuildTarget, readonly BuildTarget[]])[] {
  return [...builds.values()].flatMap((same) =>
    mostWanted(same).map((built) => [built, same.filter((one) => one !== built)] as const),
  );
}

/** What was rendered for one target, as another's. */
export function sameFor({ target, input }: BuildTarget, rendered: Rendered): Rendered {
  const { texts, manifests, ...rest } = rendered;
  const own = manifests.map((manifest) => ({ ...manifest, target }));
  return { ...rest, target, manifests: own, ...(texts && input.postBuild && { texts }) };
}

/** A target from the text that kustomize wrote, or why it did not. */
export function withText({ target, input }: BuildTarget, output: string | RenderFailure): Rendered {
  const common = { target, files: input.files };
  if (typeof output !== 'string') return { ...common, manifests: [], failures: [output] };
  const { documents, problems } = readYaml(output, 'kustomize output');
  if (problems[0]) {
    throw new Error(`kustomize wrote YAML that cannot be read: ${problems[0].message}`);
  }
  const manifests = manifestsOf(documents, { target });
  const texts = output.split(/^---\n/m).filter((text) => text.trim() !== '');
  return { ...common, manifests, failures: [], ...(input.postBuild && { texts }) };
}
