import { isRecord, listAt, recordAt, textAt } from '../kubernetes/fields.ts';
import { nearest } from '../shared/nearest.ts';

type Labels = Readonly<Record<string, unknown>>;

/** A label selector as messages show it: `app=web, tier In (a, b)`. */
export function shownSelector(selector: unknown): string {
  const equal = Object.entries(recordAt(selector, ['matchLabels'])).map(
    ([key, value]) => `${key}=${value}`,
  );
  const expressions = listAt(selector, ['matchExpressions']).map((one) => {
    const values = listAt(one, ['values']);
    const shown = values.length > 0 ? ` (${values.join(', ')})` : '';
    return `${textAt(one, ['key'])} ${textAt(one, ['operator'])}${shown}`;
  });
  return [...equal, ...expressions].join(', ').slice(0, 200);
}

/** What a label selector asks for by value: of each key one of some values. */
export function wantedLabels(selector: unknown): [string, readonly string[]][] {
  const equal = Object.entries(recordAt(selector, ['matchLabels'])).map(
    ([key, value]): [string, readonly string[]] => [key, [String(value)]],
  );
  const expressions = listAt(selector, ['matchExpressions']).flatMap(
    (one): [string, readonly string[]][] => {
      const key = textAt(one, ['key']);
      const operator = textAt(one, ['operator']);
      if (!isRecord(one) || !key || (operator !== 'In' && operator !== 'Exists')) return [];
      return [[key, listAt(one, ['values']).map(String)]];
    },
  );
  return [...equal, ...expressions];
}

/** The label that a selector which matches none of these probably meant, as a fix. */
export function labelHint(selector: unknown, all: readonly Labels[]): { fix?: string } {
  // Comparing thousands of labels with thousands of others takes minutes.
  const candidates = all.slice(0, 300);
  for (const [key, wanted] of wantedLabels(selector)) {
    const values = candidates.flatMap((labels) =>
      Object.hasOwn(labels, key) ? [String(labels[key])] : [],
    );
    if (wanted.some((value) => values.includes(value))) continue;
    const distinct = [...new Set(values)].slice(0, 100);
    const near = wanted.map((value) => nearest(value, distinct)).find((one) => one !== undefined);
    if (near) return { fix: `Did you mean ${key}=${near}?` };
    const keys = candidates.flatMap((labels) => Object.keys(labels));
    const nearKey = values.length === 0 ? nearest(key, new Set(keys)) : undefined;
    if (nearKey) return { fix: `Did you mean the label ${nearKey}?` };
    if (wanted.length === 0) continue;
    const known = [...new Set(values)].sort();
    const shown = known.slice(0, 8).join(', ');
    if (shown) return { fix: `There is ${key}=${shown}${known.length > 8 ? ', ...' : ''}.` };
  }
  return {};
}
