import { valueAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import type { Place } from './sync-graph.ts';
import type { Unit } from './unit.ts';

/**
 * Where a field of a unit is written: in its own manifest, or in the ApplicationSet that makes it,
 * in the template that decides. Of a field that is nowhere, where it would be.
 */
export function placeOf(
  { declared, data }: Pick<Unit, 'declared' | 'data'>,
  path: FieldPath,
): Place {
  const { manifest, generated } = declared;
  if (!generated) return { manifest, path };
  const { templates, unpatched } = generated;
  if (unpatched && !same(valueAt(unpatched, path), valueAt(data, path))) {
    return { manifest, path: ['spec', 'templatePatch'] };
  }
  const written = templates.find(
    (template) => valueAt(manifest.data, [...template, ...path]) !== undefined,
  );
  return { manifest, path: [...(written ?? templates.at(-1) ?? []), ...path] };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
