import { listAt, textAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import type { Dependency, IgnoredDifference, Unit } from './unit.ts';
import { unitId } from './unit-id.ts';

/** A field that is there only when it has a value. */
export function optional<K extends string>(
  name: K,
  value: string | undefined,
): { readonly [key in K]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in K]?: string });
}

/** What a reference to a Flux source names, as `kind/namespace/name`. */
export function sourceReference(reference: unknown, namespace: string): string {
  const at = textAt(reference, ['namespace']) ?? namespace;
  return `${textAt(reference, ['kind']) ?? ''}/${at}/${textAt(reference, ['name']) ?? ''}`;
}

/** The `dependsOn` of a Flux object: always of its own kind, and without a namespace in its own. */
export function dependenciesOf(kind: Unit['kind'], data: unknown, own: string): Dependency[] {
  return listAt(data, ['spec', 'dependsOn']).map((one, index) => {
    const name = textAt(one, ['name']) ?? '';
    const namespace = textAt(one, ['namespace']) ?? own;
    return {
      id: unitId(kind, namespace, name),
      name,
      namespace,
      at: ['spec', 'dependsOn', index],
      ...optional('readyExpr', textAt(one, ['readyExpr'])),
    };
  });
}

/** Rules of what drifts and is not corrected. */
export function ignoredBy(data: unknown, path: FieldPath): IgnoredDifference[] {
  return listAt(data, path).map((one, index) => ({
    at: [...path, index],
    group: textAt(one, ['target', 'group']) ?? '',
    kind: textAt(one, ['target', 'kind']) ?? '',
    ...optional('name', textAt(one, ['target', 'name'])),
    ...optional('namespace', textAt(one, ['target', 'namespace'])),
    jsonPointers: listAt(one, ['paths']).filter((pointer) => typeof pointer === 'string'),
    jqPathExpressions: [],
    managers: [],
  }));
}
