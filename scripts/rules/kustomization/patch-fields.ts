import { isDeepStrictEqual } from 'node:util';
import { parseField } from '../../kubernetes/field-syntax.ts';
import { isRecord, textAt, valueAt } from '../../kubernetes/fields.ts';
import type { FieldPath } from '../../model.ts';

/**
 * Whether a patch sets only what an object has already. What cannot be told for sure, such
 * as an item that is added to a list, counts as a change.
 *
 * @param patch a strategic merge patch, or a list of JSON operations
 */
export function changesNothing(patch: unknown, object: unknown): boolean {
  if (Array.isArray(patch)) {
    return !onlyTests(patch) && patch.every((operation) => isThere(operation, object));
  }
  if (!isRecord(patch)) return false;
  const { apiVersion: _, kind: _kind, metadata, ...rest } = patch;
  const { name: _name, namespace: _namespace, ...own } = isRecord(metadata) ? metadata : {};
  const said = { ...rest, ...(Object.keys(own).length > 0 && { metadata: own }) };
  return Object.keys(said).length > 0 && covers(object, said, undefined);
}

/** Whether a patch is a list of JSON operations that compare, and nothing else. */
export function onlyTests(patch: unknown): boolean {
  return Array.isArray(patch) && patch.every((one) => textAt(one, ['op']) === 'test');
}

/** Comparing what is there changes nothing either: where it fails, nothing is rendered. */
function isThere(operation: unknown, object: unknown): boolean {
  const op = textAt(operation, ['op']);
  if (op === 'test') return true;
  const path = pathOf(operation, object);
  if ((op !== 'add' && op !== 'replace') || !path) return false;
  const isInserted = op === 'add' && Array.isArray(valueAt(object, path.slice(0, -1)));
  if (isInserted || !isRecord(operation) || !Object.hasOwn(operation, 'value')) return false;
  return isDeepStrictEqual(valueAt(object, path), operation.value);
}

function pathOf(operation: unknown, object: unknown): FieldPath | undefined {
  const pointer = textAt(operation, ['path']);
  return pointer?.startsWith('/') ? parseField(pointer, object) : undefined;
}

/** Lists whose items kustomize merges by name. It may move them, unless they come first. */
const namedLists: ReadonlySet<string> = new Set(['containers', 'initContainers', 'volumes', 'env']);

function covers(whole: unknown, part: unknown, key: string | undefined): boolean {
  if (part === null) return false;
  if (isRecord(part)) {
    return (
      isRecord(whole) &&
      Object.entries(part).every(
        ([own, value]) =>
          !own.startsWith('$') && Object.hasOwn(whole, own) && covers(whole[own], value, own),
      )
    );
  }
  if (!Array.isArray(part)) return isDeepStrictEqual(whole, part);
  if (!Array.isArray(whole)) return false;
  if (!namedLists.has(key ?? '')) return isDeepStrictEqual(whole, part);
  return part.every((item, index) => {
    const name = textAt(item, ['name']);
    return (
      name !== undefined &&
      name === textAt(whole[index], ['name']) &&
      covers(whole[index], item, undefined)
    );
  });
}

/** The fields that a patch speaks of; `[]` stands for any place in a list. */
export function keysOf(patch: unknown): string[][] {
  if (!Array.isArray(patch)) return leavesOf(patch, []);
  return patch.flatMap((operation) =>
    ['path', 'from'].flatMap((field) => {
      const steps = textAt(operation, [field])?.split('/').slice(1);
      return steps ? [steps.map(keyOf)] : [];
    }),
  );
}

function keyOf(step: string): string {
  return /^(\d+|-)$/.test(step) ? '[]' : step.replaceAll('~1', '/').replaceAll('~0', '~');
}

function leavesOf(value: unknown, path: string[]): string[][] {
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, [...path, '[]']));
  if (!isRecord(value) || Object.keys(value).length === 0) return [path];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
}

/**
 * Whether one of two fields is the other or holds it. Items of one list count as the same,
 * for one that is added moves the others.
 */
export function overlap(a: readonly string[], b: readonly string[]): boolean {
  const [one, other] = [aboveLists(a), aboveLists(b)];
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((step, index) => step === other[index]);
}

function aboveLists(field: readonly string[]): readonly string[] {
  const list = field.indexOf('[]');
  return list < 0 ? field : field.slice(0, list);
}
