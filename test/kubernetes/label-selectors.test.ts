import { expect, test } from 'vitest';
import { isEmptySelector, mismatchOf } from '../../scripts/kubernetes/label-selectors.ts';

const labels = { app: 'web', tier: 'front' };
const expression = (key: string, operator: string, values?: string[]) => ({
  matchExpressions: [{ key, operator, ...(values && { values }) }],
});

test.for<[string, unknown]>([
  ['nothing asked', {}],
  ['equal', { matchLabels: { app: 'web' } }],
  ['In', expression('app', 'In', ['api', 'web'])],
  ['NotIn', expression('app', 'NotIn', ['api'])],
  ['NotIn without the label', expression('zone', 'NotIn', ['a'])],
  ['Exists', expression('tier', 'Exists')],
  ['DoesNotExist', expression('zone', 'DoesNotExist')],
  ['a requirement nobody could meet is told elsewhere', expression('app', 'In')],
  ['no selector', 'text'],
])('matches: %s', ([, selector]) => {
  expect(mismatchOf(selector, labels)).toBeUndefined();
});

test.for<[unknown, string]>([
  [{ matchLabels: { app: 'api' } }, '"app=api"'],
  [{ matchLabels: { app: 'web', zone: 'a' } }, '"zone=a"'],
  // Names that every object has are no labels.
  [{ matchLabels: { constructor: 'a' } }, '"constructor=a"'],
  [expression('app', 'In', ['api']), '"app In (api)"'],
  [expression('app', 'NotIn', ['web']), '"app NotIn (web)"'],
  [expression('zone', 'Exists'), '"zone Exists"'],
  [expression('app', 'DoesNotExist'), '"app DoesNotExist"'],
])('mismatch: %s', ([selector, missing]) => {
  expect(mismatchOf(selector, labels)).toBe(missing);
});

test('an empty selector asks for nothing', () => {
  expect([{}, { matchLabels: {} }, { matchExpressions: [] }, null].every(isEmptySelector)).toBe(
    true,
  );
  expect([{ matchLabels: { a: 'b' } }, expression('a', 'Exists')].some(isEmptySelector)).toBe(
    false,
  );
});
