import { itemsInstead, parseField } from '../kubernetes/field-syntax.ts';
import { recordAt, toPointer, valueAt } from '../kubernetes/fields.ts';
import { describe } from '../kubernetes/manifests.ts';
import type { Explanation, FieldPath, Manifest, Writing } from '../model.ts';
import { mask } from '../secrets/masked.ts';
import { UserError } from '../shared/errors.ts';
import { nearest } from '../shared/nearest.ts';
import type { CanaryContext } from './canary.ts';
import { chainOf } from './chain.ts';
import { shownValue } from './mask.ts';
import { possibleWriters } from './possible-writers.ts';
import { findRemoval } from './removal.ts';
import { isSecretSource } from './secret-source.ts';
import type { Trace } from './trace.ts';
import { type Writer, writerAt } from './writer.ts';

/**
 * Who set a field of an object, or what took it away.
 *
 * @param field as `parseField` reads it
 * @throws UserError when an item of a list is asked for that is not there
 */
export async function explainField(
  trace: Trace,
  field: string,
  context: CanaryContext,
): Promise<Explanation> {
  const path = parseField(field, trace.manifest.data);
  const isThere = path !== undefined && valueAt(trace.manifest.data, path) !== undefined;
  return isThere ? explainPath(trace, path) : explainMissing(trace, field, path, context);
}

function explainPath(trace: Trace, path: FieldPath): Explanation {
  const { manifest } = trace;
  const { writers, certainty } = chainOf(trace, path);
  const isHidden = writers.some((writer) => isSecretSource(writer, trace));
  const shown = (value: unknown) => (isHidden ? mask : shownValue(manifest, path, value));
  const value = shown(valueAt(manifest.data, path));
  const chain = writers
    .flatMap((writer) => [toWriting(writer, trace, path), ...definitionsOf(writer, trace, path)])
    .map((writing) => (isHidden ? { ...writing, value: mask } : writing));
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
  const removal = writers.length > 0 ? await findRemoval(trace, path, isThere, context) : undefined;
  const isHidden = writers.some((writer) => isSecretSource(writer, trace));
  const siblings = Object.keys(recordAt(manifest.data, path.slice(0, -1)));
  const near = writers.length === 0 ? nearest(String(path.at(-1)), siblings) : undefined;
  return {
    object: objectOf(trace),
    // Items have other places where they are written than where they are rendered.
    path: removal ? field : toPointer(path),
    ...(near && { near }),
    certainty: removal?.isExact ? 'exact' : 'resource',
    chain: writers
      .map((writer) => toWriting(writer, trace, path))
      .map((writing) => (isHidden ? { ...writing, value: mask } : writing)),
    ...(removal && { removedBy: removal.location }),
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
