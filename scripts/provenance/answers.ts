import type {
  ExplainedLine,
  Explanation,
  Manifest,
  Reach,
  Rendered,
  TargetFiles,
} from '../model.ts';
import { UserError } from '../shared/errors.ts';
import { annotate } from './annotate.ts';
import { isOfKind, parseObject, traceObject } from './asked-object.ts';
import { type CanaryContext, runCanary } from './canary.ts';
import { findDeletion } from './deletion.ts';
import { explainField } from './explain-field.ts';
import { reachOf } from './impact.ts';

/** What `explain` asks about rendered objects. */
export interface Answers {
  /**
   * Who set a field.
   *
   * @param object as `Deployment/api`, with or without a generated name's hash; with its
   * namespace in the middle where several have that name
   * @throws UserError when there is no such object or item
   */
  explain(object: string, field: string): Promise<Explanation>;
  /** The names of all objects as `Deployment/api`, in the order of the render. */
  objects(): readonly string[];
  /** What takes a whole object away; undefined when it is there, or nothing does. */
  removed(object: string): Promise<Explanation | undefined>;
  /** The whole object, line by line. */
  annotate(object: string): Promise<readonly ExplainedLine[]>;
  /** The fields that a line of a file reaches. */
  impact(file: string, line: number): Promise<readonly Reach[]>;
}

/** Answers from the renders of some targets; each question costs one more build. */
export function openAnswers(context: CanaryContext): Answers {
  return {
    async explain(object, field) {
      assertRendered(context.rendered);
      return explainField(await traceObject(object, context), field, context);
    },
    objects() {
      assertRendered(context.rendered);
      return namesOf(context.rendered.flatMap((one) => one.manifests));
    },
    async removed(object) {
      assertRendered(context.rendered);
      const asked = parseObject(object);
      const isIt = (one: Manifest) => isOfKind(asked, one) && one.name === asked.name;
      if (context.rendered.some(({ manifests }) => manifests.some(isIt))) return undefined;
      return findDeletion(asked.kind, asked.name, context);
    },
    async annotate(object) {
      assertRendered(context.rendered);
      return annotate(await traceObject(object, context));
    },
    async impact(file, line) {
      const targets = context.targets.filter(({ input }) => isMadeOf(input, file));
      if (targets.length === 0) throw new UserError(`no target reads ${file}`);
      const names = new Set(targets.map(({ target }) => target.name));
      const rendered = context.rendered.filter(({ target }) => names.has(target.name));
      // One broken target says nothing of the others.
      if (rendered.every(({ failures }) => failures.length > 0)) assertRendered(rendered);
      const manifests = rendered.flatMap((one) => one.manifests);
      const canary = await runCanary(manifests, context);
      return manifests.flatMap((manifest) => {
        const trace = canary.traceOf(manifest);
        return trace ? reachOf(trace, file, line) : [];
      });
    },
  };
}

/** Whether a target reads a file, or an engine's object in it changes the target. */
function isMadeOf({ files, changed, metadata, postBuild }: TargetFiles, file: string): boolean {
  const objects = [changed?.object, metadata?.object, postBuild?.object];
  return files.includes(file) || objects.some((one) => one?.file === file);
}

function assertRendered(rendered: readonly Rendered[]): void {
  const [failure] = rendered.flatMap(({ failures }) => failures);
  if (failure) throw new UserError(`${failure.location.file}: ${failure.message}`);
}

/** As `Deployment/api`, with the namespace in the middle where that alone tells objects apart. */
function namesOf(manifests: readonly Manifest[]): string[] {
  const namespaces = Map.groupBy(manifests, ({ kind, name }) => `${kind}/${name}`);
  return manifests.map(({ kind, namespace, name }) => {
    const short = `${kind}/${name}`;
    const all = new Set(namespaces.get(short)?.map((one) => one.namespace));
    return all.size > 1 && namespace ? `${kind}/${namespace}/${name}` : short;
  });
}
