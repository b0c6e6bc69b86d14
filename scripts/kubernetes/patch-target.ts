import type { RE2JS } from 're2js';
import type { Manifest } from '../model.ts';
import { isLike, re2 } from '../shared/re2.ts';
import { recordAt, textAt } from './fields.ts';
import { groupOf } from './manifests.ts';

/** What a patch's `target` looks at. */
export type Selectable = Pick<Manifest, 'apiVersion' | 'kind' | 'name' | 'namespace' | 'data'>;

type Selector = Readonly<Record<string, unknown>>;

/**
 * Whether a patch's `target` takes an object, as kustomize decides: names and kinds are
 * patterns for the whole text, an absent field takes anything.
 *
 * @param otherNames names that the object had before, by which kustomize finds it, too
 */
export function selects(
  target: Selector,
  object: Selectable,
  otherNames: readonly string[] = [],
): boolean {
  const { apiVersion, kind, name, namespace, data } = object;
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const wantedNamespace = textAt(target, ['namespace']);
  return (
    matches(textAt(target, ['group']), groupOf(apiVersion)) &&
    matches(textAt(target, ['version']), version) &&
    matches(textAt(target, ['kind']), kind) &&
    [name, ...otherNames].some((one) => matches(textAt(target, ['name']), one)) &&
    (namespace === undefined || matches(wantedNamespace, namespace)) &&
    selectsLabels(textAt(target, ['labelSelector']), recordAt(data, ['metadata', 'labels'])) &&
    selectsLabels(
      textAt(target, ['annotationSelector']),
      recordAt(data, ['metadata', 'annotations']),
    )
  );
}

/** Whether a pattern of a patch's target stands for a text; a pattern of no sense for none. */
export function matches(pattern: string | undefined, text: string): boolean {
  if (!pattern || pattern === text) return true;
  // Most patterns are words with bars between them, and few need the library.
  const [, inBrackets, words = inBrackets] =
    /^(?:\(([\w./|-]*)\)|([\w./|-]*))$/.exec(pattern) ?? [];
  if (words !== undefined) return words.split('|').some((word) => isLike(word, text));
  return compiled(pattern)?.matches(text) ?? false;
}

/** Compiling takes long, and the same patterns are asked about for every object. */
function compiled(pattern: string): RE2JS | undefined {
  if (!patterns.has(pattern)) {
    if (patterns.size >= 1_000) patterns.clear();
    patterns.set(pattern, compile(pattern));
  }
  return patterns.get(pattern);
}

const patterns = new Map<string, RE2JS | undefined>();

function compile(pattern: string): RE2JS | undefined {
  try {
    return re2().compile(pattern);
  } catch {
    return undefined;
  }
}

/** Whether labels fulfil a selector such as `app=api,tier in (a,b),!old`. */
function selectsLabels(selector: string | undefined, labels: Selector): boolean {
  const requirements = (selector ?? '').match(/(?:[^,(]|\([^)]*\))+/g) ?? [];
  return requirements.every((requirement) => fulfils(requirement.trim(), labels));
}

function fulfils(requirement: string, labels: Selector): boolean {
  const [, not, alone] = /^(!?)\s*([^\s=!,()]+)$/.exec(requirement) ?? [];
  if (alone !== undefined) return Object.hasOwn(labels, alone) === (not === '');
  const [, key = '', operator = '', rest = ''] =
    /^([^\s=!]+)\s*(==|=|!=|\bnotin\b|\bin\b)\s*(.*)$/.exec(requirement) ?? [];
  const values = rest.replaceAll(/[()]/g, '').split(',');
  const isThere = Object.hasOwn(labels, key);
  const isAmong = isThere && values.some((value) => value.trim() === String(labels[key]));
  if (operator === '!=' || operator === 'notin') return !isAmong;
  return isAmong;
}
