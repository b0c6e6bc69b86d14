import type { Manifest } from '../model.ts';
import { isMatched } from '../shared/patterns.ts';
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
  return isMatched(pattern, text);
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
