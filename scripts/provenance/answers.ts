import { itemsInstead, parseField } from '../kubernetes/field-syntax.ts';
import { recordAt, toPointer, valueAt } from '../kubernetes/fields.ts';
import { describe } from '../kubernetes/manifests.ts';
import type {
  ExplainedLine,
  Explanation,
  FieldPath,
  Manifest,
  Reach,
  TargetFiles,
  Writing,
} from '../model.ts';
import { UserError } from '../shared/errors.ts';
import { nearest } from '../shared/nearest.ts';
import { annotate } from './annotate.ts';
import { blame } from './blame.ts';
import { type CanaryContext, runCanary } from './canary.ts';
import { findDeletion } from './deletion.ts';
import { reachOf } from './impact.ts';
import { shownValue } from './mask.ts';
import { possibleWriters } from './possible-writers.ts';
import { findRemoval } from './removal.ts';
import type { Trace } from './trace.ts';
import { type Writer, writerAt } from './writer.ts';

/** What `explain` asks about rendered objects. */
export interface Answers {
  /**
   * Who set a field.
   *
   * @param object as `Deployment/api`, with or without a generated name's hash
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
  for (const { failures } of context.rendered) {
    const [failure] = failures;
    if (failure) throw new UserError(`${failure.location.file}: ${failure.message}`);
  }
  return {
    async explain(object, field) {
      const trace = await traceObject(object, context);
      const path = parseField(field, trace.manifest.data);
      const isThere = path !== undefined && valueAt(trace.manifest.data, path) !== undefined;
      return isThere ? explainPath(trace, path) : explainMissing(trace, field, path, context);
    },
    objects: () =>
      context.rendered.flatMap(({ manifests }) =>
        manifests.map(({ kind, name }) => `${kind}/${name}`),
      ),
    async removed(object) {
      const { kind, name } = parseObject(object);
      const isIt = (one: Manifest) => one.kind.toLowerCase() === kind && one.name === name;
      if (context.rendered.some(({ manifests }) => manifests.some(isIt))) return undefined;
      return findDeletion(kind, name, context);
    },
    annotate: async (object) => annotate(await traceObject(object, context)),
    async impact(file, line) {
      const targets = context.targets.filter(({ input }) => isMadeOf(input, file));
      if (targets.length === 0) throw new UserError(`no target reads ${file}`);
      const names = new Set(targets.map(({ target }) => target.name));
      const manifests = context.rendered
        .filter(({ target }) => names.has(target.name))
        .flatMap((one) => one.manifests);
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

function explainPath(trace: Trace, path: FieldPath): Explanation {
  const { manifest } = trace;
  const { overridden, winners, certainty } = blame(trace, path);
  const value = shownValue(manifest, path, valueAt(manifest.data, path));
  const chain = [...overridden, ...winners].flatMap((writer) => [
    toWriting(writer, trace, path),
    ...definitionsOf(writer, trace, path),
  ]);
  return { object: objectOf(trace), path: toPointer(path), value, certainty, chain };
}

/** The lines that give the variables of a value theirs. */
function definitionsOf({ value }: Writer, trace: Trace, path: FieldPath): Writing[] {
  const { manifest, substitution } = trace;
  return (substitution?.definitions(String(value)) ?? []).map(({ name, place }) => {
    const own = substitution?.apply(`\${${name}}`);
    return { ...place, value: shownValue(manifest, path, own), by: `variable ${name}` };
  });
}

/** A field that is not rendered: what wrote it, and the patch that took it away. */
async function explainMissing(
  trace: Trace,
  field: string,
  rendered: FieldPath | undefined,
  context: CanaryContext,
): Promise<Explanation> {
  const { manifest, origin } = trace;
  const own = origin && valueAt(origin.document.value, origin.at);
  const written = own === undefined ? undefined : parseField(field, own);
  const isWritten = origin && written && valueAt(own, written) !== undefined;
  const path = (isWritten ? written : undefined) ?? rendered;
  if (!path) throw noSuchItem(manifest, field);
  const writers = isWritten
    ? [writerAt(origin.document, [...origin.at, ...written], 0)]
    : possibleWriters(trace, path);
  const isThere = (data: unknown) => {
    const found = parseField(field, data);
    return found !== undefined && valueAt(data, found) !== undefined;
  };
  const removedBy =
    writers.length > 0 ? await findRemoval(trace, path, isThere, context) : undefined;
  const siblings = Object.keys(recordAt(manifest.data, path.slice(0, -1)));
  const near = writers.length === 0 ? nearest(String(path.at(-1)), siblings) : undefined;
  return {
    object: objectOf(trace),
    path: toPointer(path),
    ...(near && { near }),
    certainty: removedBy ? 'exact' : 'resource',
    chain: writers.map((writer) => toWriting(writer, trace, path)),
    ...(removedBy && { removedBy }),
  };
}

function noSuchItem(manifest: Manifest, field: string): UserError {
  const there = itemsInstead(field, manifest.data).slice(0, 5).join(', ');
  const hint = there && `; there ${there.includes(', ') ? 'are' : 'is'} ${there}`;
  return new UserError(`${describe(manifest)} has no item ${field}${hint}`);
}

function objectOf({ manifest }: Trace): Explanation['object'] {
  const { apiVersion, kind, namespace, name } = manifest;
  return { apiVersion, kind, ...(namespace && { namespace }), name };
}

function toWriting({ location, value, by }: Writer, { manifest }: Trace, path: FieldPath): Writing {
  return { ...location, value: shownValue(manifest, path, value), by };
}

async function traceObject(text: string, context: CanaryContext): Promise<Trace> {
  const { kind, name } = parseObject(text);
  const manifests = context.rendered.flatMap((one) => one.manifests);
  const ofKind = manifests.filter((one) => one.kind.toLowerCase() === kind);
  const canary = await runCanary(ofKind, context);
  const traces = ofKind.flatMap((one) => canary.traceOf(one) ?? []);
  const found =
    traces.find(({ manifest }) => manifest.name === name) ??
    traces.find(({ manifest, renames }) => renames.get(manifest.name)?.has(name)) ??
    traces.find((trace) => isNamedWithoutHash(trace, name));
  if (found) return found;
  throw notFound(text, ofKind.length > 0 ? ofKind : manifests);
}

function parseObject(text: string): { kind: string; name: string } {
  const slash = text.indexOf('/');
  if (slash < 1) throw new UserError(`name the object as <kind>/<name>; not "${text}"`);
  return { kind: text.slice(0, slash).toLowerCase(), name: text.slice(slash + 1) };
}

/** Whether a generated object has this name, with its prefix and without its hash. */
function isNamedWithoutHash({ manifest, origin, renames }: Trace, name: string): boolean {
  const { name: own } = manifest;
  return !origin && renames.has(own) && own.slice(0, own.lastIndexOf('-')) === name;
}

function notFound(text: string, manifests: readonly Manifest[]): UserError {
  const names = [...new Set(manifests.map(({ kind, name }) => `${kind}/${name}`))];
  const near = nearest(text, names);
  return new UserError(`no object ${text} in the target${near ? `; did you mean ${near}?` : ''}`);
}
