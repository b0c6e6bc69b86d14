import { fromJson } from '../cel/json.ts';
import { valueAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import type { CompiledPolicy } from './compile-policy.ts';
import { refuses } from './evaluate-policy.ts';
import { traced } from './traced.ts';
import type { AdmissionRequest, KubernetesObject } from './types.ts';

/** How many elements of a list are tried one by one, and how deep lists in lists are followed. */
const mostElements = 50;
const deepest = 5;

/** A refusal, as far as its place needs it. */
export interface Refusal {
  readonly policy: CompiledPolicy;
  readonly validation: number;
  readonly request: AdmissionRequest;
  readonly params: KubernetesObject | null;
}

/**
 * The field that a refused request is refused for: the last one that the expression read, since
 * it stops where the answer is known. An element of a list is named only where it alone is
 * refused too and an empty list is not; where nothing can be told, the path is `spec`.
 */
export function violatedField(refusal: Refusal): FieldPath {
  let object = refusal.request.object ?? {};
  let path = lastRead(refusal, object);
  const chosen = new Map<number, number>();
  for (let from = 0; chosen.size < deepest; ) {
    const at = path.findIndex((step, index) => index >= from && typeof step === 'number');
    if (at < 0) break;
    const list = path.slice(0, at);
    const index = guiltyElement(refusal, object, list, Number(path[at]));
    if (index === undefined) {
      path = list;
      break;
    }
    object = replaced(object, list, [listAt(object, list)[index]]) as KubernetesObject;
    const within = lastRead(refusal, object);
    path = list.every((step, place) => within[place] === step) ? within : [...list, 0];
    chosen.set(at, index);
    from = at + 1;
  }
  return path.map((step, place) => (typeof step === 'number' ? (chosen.get(place) ?? step) : step));
}

function lastRead(refusal: Refusal, object: KubernetesObject): FieldPath {
  const { value, reads } = traced(object);
  const { policy, validation, request, params } = refusal;
  refuses(policy, validation, request, params, value);
  return reads.findLast((path) => !isIdentity(path)) ?? ('spec' in object ? ['spec'] : []);
}

/** Conditions read what an object is; demands are about what it has. */
function isIdentity([first, second, ...rest]: FieldPath): boolean {
  if (second === undefined) return ['apiVersion', 'kind', 'metadata'].includes(String(first));
  return (
    first === 'metadata' && rest.length === 0 && ['name', 'namespace'].includes(String(second))
  );
}

/** An element that is refused by itself, the one that was read before the others. */
function guiltyElement(
  refusal: Refusal,
  object: KubernetesObject,
  list: FieldPath,
  read: number,
): number | undefined {
  const elements = listAt(object, list);
  const { policy, validation, request, params } = refusal;
  const isRefused = (kept: readonly unknown[]): boolean =>
    refuses(policy, validation, request, params, fromJson(replaced(object, list, kept)));
  if (elements.length > mostElements || isRefused([])) return undefined;
  return [read, ...elements.keys()].find((index) => isRefused([elements[index]]));
}

function listAt(object: KubernetesObject, path: FieldPath): readonly unknown[] {
  const list = valueAt(object, path);
  return Array.isArray(list) ? list : [];
}

/** A copy of an object with another value at a path. */
function replaced(value: unknown, [step, ...rest]: FieldPath, other: unknown): unknown {
  if (step === undefined) return other;
  if (Array.isArray(value)) {
    return value.with(Number(step), replaced(value[Number(step)], rest, other));
  }
  const fields = value as KubernetesObject;
  return { ...fields, [step]: replaced(fields[step], rest, other) };
}
