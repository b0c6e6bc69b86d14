import { isRecord, listAt, recordAt, textAt } from '../kubernetes/fields.ts';
import type { SourceFile } from '../model.ts';

/**
 * Makes a function that takes secrets out of kustomize's messages, which quote
 * malformed literals and lines. What counts as one: everything that a secretGenerator of
 * the target is given, and every value of a Secret among its files.
 */
export function redactorFor(sources: readonly SourceFile[]): (text: string) => string {
  const secrets = new Set<string>();
  for (const { documents } of sources) {
    for (const document of documents) for (const secret of secretsIn(document)) secrets.add(secret);
  }
  const longestFirst = [...secrets]
    .filter((secret) => secret.length > 2)
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const hidden = text.replaceAll(/literal sources? \[.*?\]/g, 'literal sources [***]');
    return longestFirst.reduce((left, secret) => left.replaceAll(secret, '***'), hidden);
  };
}

function secretsIn(document: unknown): string[] {
  if (!isRecord(document)) return [];
  const values =
    textAt(document, ['kind']) === 'Secret'
      ? [recordAt(document, ['data']), recordAt(document, ['stringData'])]
      : [];
  return [
    ...values.flatMap((record) => Object.values(record).map(String)),
    ...literalsOf(document, 'secretGenerator'),
  ];
}

/** The value of `key=value`; all of it when it is malformed. */
function literalsOf(document: unknown, field: string): string[] {
  return listAt(document, [field]).flatMap((_, index) =>
    listAt(document, [field, index, 'literals']).map((literal) => {
      const text = String(literal);
      return text.slice(text.indexOf('=') + 1);
    }),
  );
}
