import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  ChangedKustomization,
  Manifest,
  Rendered,
  SourceFile,
  Target,
  TargetFiles,
} from '../model.ts';
import { openMetadata } from './common-metadata.ts';
import { buildCopies } from './copies.ts';
import { graphOf } from './graph.ts';
import { keptIn } from './kept.ts';
import { pairManifests } from './pairs.ts';
import { type Planted, type Plot, plant } from './plant.ts';
import { relocationFor, withChanged } from './relocate.ts';
import { openTokens, type Tokens } from './tokens.ts';
import { type Trace, tracesOf, type ValueSubstitution } from './trace.ts';
import { wantedFor } from './wanted.ts';

/** A target with the files of its build. */
export interface TracedTarget {
  readonly target: Target;
  readonly input: TargetFiles;
}

export interface CanaryContext {
  /** Absolute path of the repository. */
  readonly root: string;
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** The only file that is built with another text than it has. */
  readonly changed?: ChangedKustomization;
  readonly targets: readonly TracedTarget[];
  readonly rendered: readonly Rendered[];
  /** What variables do to values, by the target's name. */
  readonly substitutions?: ReadonlyMap<string, ValueSubstitution>;
  /**
   * Builds targets below another root, in the same way as the plain build was made.
   *
   * @param prepare writes their files there; called when the build begins, or never
   */
  readonly build: (
    targets: readonly TracedTarget[],
    root: string,
    prepare: () => void,
  ) => Promise<readonly Rendered[]>;
}

/** What the canary build tells about objects. */
export interface Canary {
  /** Absent when the object was not asked for, or cannot be told from others. */
  traceOf(manifest: Manifest): Trace | undefined;
}

/**
 * Builds the targets of some objects once more, from copies in which every value is a
 * mark, and reads which mark landed where.
 */
export async function runCanary(
  manifests: readonly Manifest[],
  context: CanaryContext,
): Promise<Canary> {
  const names = new Set(manifests.map(({ target }) => target?.name));
  const targets = context.targets.filter(
    ({ target, input }) =>
      target.kind === 'kustomization' && names.has(target.name) && input.failures.length === 0,
  );
  // Each way to change a kustomization is a text of its own for the same file.
  const groups = [
    targets.filter(({ input }) => !input.changed),
    ...targets.filter(({ input }) => input.changed).map((one) => [one]),
  ].filter((group) => group.length > 0);
  const traces = new Map<Manifest, Trace>();
  for (const group of groups) {
    const own = manifests.filter(({ target }) =>
      group.some((one) => one.target.name === target?.name),
    );
    for (const one of await traceGroup(own, group, context)) traces.set(one.manifest, one);
  }
  return { traceOf: (manifest) => traces.get(manifest) };
}

async function traceGroup(
  manifests: readonly Manifest[],
  given: readonly TracedTarget[],
  outer: CanaryContext,
): Promise<Trace[]> {
  const { context, targets } = asBuilt(given, outer);
  const files = [...new Set(targets.flatMap(({ input }) => input.files))].sort();
  let field: Field | undefined;
  const openField = () => (field ??= sow(manifests, given, files, outer));
  const built = await buildCopies(files, () => openField().planted.texts, targets, context);
  const { plots, planted, tokens } = openField();
  const asked = new Set(manifests);
  return plots.flatMap((plot, index) => {
    const name = targets[index]?.target.name;
    const plain = context.rendered.find(({ target }) => target.name === name);
    const canary = built.find(({ target }) => target.name === name);
    const substitution = context.substitutions?.get(name ?? '');
    const pairs = pairManifests(plain?.manifests ?? [], canary?.manifests ?? []);
    return tracesOf(asked, pairs, plot, planted, tokens, substitution);
  });
}

/** What a canary build is made of. */
interface Field {
  readonly plots: readonly Plot[];
  readonly planted: Planted;
  readonly tokens: Tokens;
}

/** Puts marks in everything that can concern the objects that are asked about. */
function sow(
  manifests: readonly Manifest[],
  given: readonly TracedTarget[],
  files: readonly string[],
  outer: CanaryContext,
): Field {
  const changed = given[0]?.input.changed;
  const relocation = changed && relocationFor(changed, outer.sources);
  const { context, targets } = asBuilt(given, outer);
  const plots = targets.map(({ target, input }): Plot => {
    const metadata = openMetadata(input, outer.sources);
    const graph = graphOf(target.path, input.files, context.sources);
    return { input, graph, ...(metadata && { metadata }) };
  });
  const texts = readTexts(files, context);
  const tokens = openTokens(texts.values());
  const kept = keptIn(files.flatMap((file) => context.sources.get(file) ?? []));
  const wanted = wantedFor(manifests, plots, context.sources);
  const planted = plant(plots, tokens, kept, (file) => texts.get(file), wanted, relocation);
  return { plots, planted, tokens };
}

/** Targets for builds from copies, in which a changed kustomization is a file like others. */
export function asBuilt(
  targets: readonly TracedTarget[],
  context: CanaryContext,
): { readonly targets: readonly TracedTarget[]; readonly context: CanaryContext } {
  const [one] = targets;
  if (!one?.input.changed) return { targets, context };
  const { changed, ...input } = one.input;
  const sources = withChanged(context.sources, changed);
  return { targets: [{ ...one, input }], context: { ...context, sources, changed } };
}

/** Few files are not known yet, and waiting for them would cost more than reading them. */
function readTexts(
  files: readonly string[],
  { root, sources }: CanaryContext,
): Map<string, string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const texts = new Map<string, string>();
  for (const file of files) {
    try {
      const text = sources.get(file)?.text ?? decoder.decode(readFileSync(join(root, file)));
      texts.set(file, text);
    } catch {
      // Not a text: it is copied as it stands.
    }
  }
  return texts;
}
