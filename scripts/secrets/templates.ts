import { listAt, recordAt, textAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import type { ExternalSecretSpec } from './external-secret.ts';
import { type GoTemplate, readGoTemplate } from './go-template.ts';

/** A template in an ExternalSecret or SealedSecret, read. */
export interface PlacedTemplate {
  readonly template: GoTemplate;
  readonly path: FieldPath;
}

/** Every template that an ExternalSecret brings along: for data, labels, annotations, literals. */
export function templatesIn({ data, path }: ExternalSecretSpec): PlacedTemplate[] {
  const at = ['target', 'template'];
  const mappings = [['data'], ['metadata', 'labels'], ['metadata', 'annotations']];
  const literals = listAt(data, [...at, 'templateFrom']).flatMap((entry, index) => {
    const literal = textAt(entry, ['literal']);
    const where = [...path, ...at, 'templateFrom', index, 'literal'];
    return literal ? [{ template: readGoTemplate(literal), path: where }] : [];
  });
  return [
    ...mappings.flatMap((field) =>
      placed(recordAt(data, [...at, ...field]), [...path, ...at, ...field]),
    ),
    ...literals,
  ];
}

/** The templates that a mapping holds, by key. */
export function placed(
  mapping: Readonly<Record<string, unknown>>,
  path: FieldPath,
): PlacedTemplate[] {
  return Object.entries(mapping).flatMap(([key, text]) =>
    typeof text === 'string' ? [{ template: readGoTemplate(text), path: [...path, key] }] : [],
  );
}
