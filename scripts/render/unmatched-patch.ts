import { listAt, textAt } from '../kubernetes/fields.ts';
import type { SourceFile } from '../model.ts';
import { nearest } from '../shared/nearest.ts';
import type { BuildMessage } from './build-message.ts';
import {
  type FailureContext,
  folderOf,
  kustomizationAt,
  kustomizationIn,
  type Told,
} from './failure-place.ts';
import { documentsOf, type PatchDocument, patchesOf } from './written-patches.ts';

/** A strategic-merge patch for an object that is not there: kustomize names the object only. */
export function unmatchedPatch(read: BuildMessage, context: FailureContext): Told | undefined {
  const wanted =
    /(?:no resource matches strategic merge patch "|no matches for Id )([^\s"./]+)[^\s"/]*\/([^\s";]+)/;
  const [, kind, id] = wanted.exec(read.cause) ?? [];
  if (kind === undefined || id === undefined) return undefined;
  const folder = folderOf(read, context);
  const source = kustomizationIn(folder, context.sources);
  const patches = source ? patchesOf(source, context.sources) : [];
  const patch = patches.flatMap(documentsOf).find((one) => isNamed(one.value, kind, id));
  if (!patch) {
    // An engine's object may hold the patch, and then it is in no file of the build.
    const location = kustomizationAt(folder, context);
    return { ...missing(kind, id, undefined), location };
  }
  const { value, at } = patch;
  const name = textAt(value, ['metadata', 'name']) ?? id;
  const others = resourcesIn(context.sources).filter((one) => textAt(one, ['kind']) === kind);
  const same = others.filter((one) => textAt(one, ['metadata', 'name']) === name);
  const location = at(['metadata', 'name']);
  for (const one of same) {
    const told = difference(value, one, `${kind} ${name}`, at);
    if (told) return told;
  }
  const names = others.flatMap((one) => textAt(one, ['metadata', 'name']) ?? []);
  return { ...missing(kind, name, nearest(name, names)), location };
}

function missing(kind: string, name: string, near: string | undefined): Omit<Told, 'location'> {
  return {
    message: `the patch is for ${kind} ${name}, which is not among the resources`,
    fix: near ? `Did you mean "${near}"?` : 'Correct the name in the patch, or remove the patch.',
  };
}

/** An id ends with the namespace where there is one. */
function isNamed(document: unknown, kind: string, id: string): boolean {
  const name = textAt(document, ['metadata', 'name']);
  const namespace = textAt(document, ['metadata', 'namespace']);
  return textAt(document, ['kind']) === kind && (id === name || id === `${name}.${namespace}`);
}

/** Every object of the files but those that only patch. */
function resourcesIn(sources: readonly SourceFile[]): unknown[] {
  const patching = new Set(
    sources.flatMap((source) =>
      patchesOf(source, sources).flatMap(({ path, at }) => (path === undefined ? [] : at(0).file)),
    ),
  );
  return sources
    .filter(({ path }) => !patching.has(path))
    .flatMap(({ documents }) => documents)
    .flatMap((one) => (isList(one) ? listAt(one, ['items']) : [one]));
}

function isList(document: unknown): boolean {
  return textAt(document, ['kind'])?.endsWith('List') === true;
}

/** What keeps a patch from the object of its name. */
function difference(
  patch: unknown,
  object: unknown,
  what: string,
  at: PatchDocument['at'],
): Told | undefined {
  const [own, other] = [patch, object].map((one) => textAt(one, ['metadata', 'namespace']));
  // To kustomize, no namespace and `default` are the same.
  if ((own ?? 'default') !== (other ?? 'default')) {
    const subject = own === undefined ? 'the patch has no namespace' : `the patch is for "${own}"`;
    const fix = other
      ? `Write \`namespace: ${other}\` in the metadata of the patch.`
      : 'Remove the namespace from the patch.';
    return {
      message: `${subject}, but ${what} is ${other ? `in "${other}"` : 'written without a namespace'}`,
      fix,
      location: at(['metadata', own === undefined ? 'name' : 'namespace']),
    };
  }
  const [ownVersion, version] = [patch, object].map((one) => textAt(one, ['apiVersion']));
  if (ownVersion === version || version === undefined) return undefined;
  return {
    message: `the patch is for ${what} of ${ownVersion}, but that object is of ${version}`,
    fix: `Write \`apiVersion: ${version}\` in the patch.`,
    location: at(['apiVersion']),
  };
}
