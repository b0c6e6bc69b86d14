import { posix } from 'node:path';
import { isRecord } from '../kubernetes/fields.ts';
import { entryFields, kustomizationFields } from '../kubernetes/kustomization.ts';
import { openLocator } from '../kubernetes/locate-field.ts';
import type { FieldPath, Location, RenderFailure } from '../model.ts';
import { nearest } from '../shared/nearest.ts';
import { howToGetKustomize, KustomizeNotFoundError } from './binary.ts';
import { type BuildMessage, readBuildMessage } from './build-message.ts';
import { failingOperation } from './failing-operation.ts';
import {
  type FailureContext,
  folderOf,
  kustomizationAt,
  kustomizationIn,
  type Told,
} from './failure-place.ts';
import { KustomizeError } from './kustomize.ts';
import { redactorFor } from './redact.ts';
import { unmatchedPatch } from './unmatched-patch.ts';
import { unmatchedReplicas } from './unmatched-replicas.ts';
import { unreadablePatch } from './unreadable-patch.ts';

const longest = 400;

/** Why a build failed, in one line without secrets, at the file that kustomize names. */
export function failureOf(error: unknown, context: FailureContext): RenderFailure {
  const rule = 'render/builds';
  if (error instanceof KustomizeNotFoundError) {
    const location = kustomizationAt(context.target.path, context);
    return { rule, message: error.message, fix: howToGetKustomize, location };
  }
  if (!(error instanceof KustomizeError)) throw error;
  if (error.reason !== 'failed') {
    const location = kustomizationAt(context.target.path, context);
    return { rule, message: `kustomize ${error.message}`, location };
  }
  const read = readBuildMessage(error.message);
  const told = [unknownField, unmatchedPatch, unreadablePatch, unmatchedReplicas, failingOperation]
    .values()
    .map((tell) => tell(read, context))
    .find((one) => one !== undefined);
  if (told) return { rule, ...told };
  const text = redactorFor(context.sources)(withoutRoot(read.cause, context.root));
  const cause = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return {
    rule,
    message: `kustomize: ${cause}`,
    ...fixFor(read.cause),
    location: fileAt(read, context) ?? kustomizationAt(folderOf(read, context), context),
  };
}

function withoutRoot(text: string, root: string): string {
  return text
    .replaceAll(/\/\S*\/presync-\w+\/(target-\d+\/?)?/g, '')
    .replaceAll(`${root}/`, '')
    .replaceAll(root, '.');
}

function fileAt(read: BuildMessage, context: FailureContext): Location | undefined {
  const path = read.file && posix.join(folderOf(read, context), read.file);
  const source = context.sources.find((one) => one.path === path);
  const line = Number(/yaml: line (\d+)/.exec(read.cause)?.[1] ?? 1);
  return source && { file: source.path, line, column: 1 };
}

/** A misspelt field of a kustomization: kustomize names it, but not where it stands. */
function unknownField(read: BuildMessage, context: FailureContext): Told | undefined {
  const field = /invalid Kustomization: json: unknown field "([^"]+)"/.exec(read.cause)?.[1];
  const source = field && kustomizationIn(folderOf(read, context), context.sources);
  if (!field || !source) return undefined;
  const path = pathTo(field, source.documents[0]) ?? [];
  const near = nearest(field, path.length > 1 ? entryFields : kustomizationFields);
  return {
    message: `unknown field "${field}" in a kustomization`,
    fix: near
      ? `Did you mean "${near}"?`
      : 'Remove it, or see the reference for the fields there are.',
    location: openLocator(source.text, source.path).locate(0, path).location,
  };
}

/** The first place of a key, the outermost first. */
function pathTo(key: string, value: unknown): FieldPath | undefined {
  const waiting: { readonly value: unknown; readonly path: FieldPath }[] = [{ value, path: [] }];
  for (const { value: holder, path } of waiting) {
    if (isRecord(holder) && Object.hasOwn(holder, key)) return [...path, key];
    const items = Array.isArray(holder)
      ? [...holder.entries()]
      : Object.entries(isRecord(holder) ? holder : {});
    for (const [step, item] of items) waiting.push({ value: item, path: [...path, step] });
  }
  return undefined;
}

const fixes: readonly [RegExp, string][] = [
  [
    /--enable-helm/,
    'Let Argo CD or Flux install the chart, or allow helm here with `--allow helm`.',
  ],
  [
    /plugins? disabled|function.*(disabled|not allowed|enable)/i,
    'It needs a plugin or function, which is off by default; allow it with `--allow exec`.',
  ],
  [
    /security; file|is not in or below/,
    'Kustomize reads files only below the kustomization; make the folder a base of its own.',
  ],
  [
    /expected kind != 'Component'/,
    'List a Component under `components:`; it cannot be built alone.',
  ],
  [/already registered id/, 'Remove one of the two: an object may be there once.'],
  [/missing kind|missing metadata.name/i, 'Give the object apiVersion, kind and metadata.name.'],
  [/behavior/, 'Use `behavior: merge` or `replace` only for a generator that a base has.'],
];

function fixFor(cause: string): { fix?: string } {
  const fix = fixes.find(([pattern]) => pattern.test(cause))?.[1];
  return fix === undefined ? {} : { fix };
}
