import { expect, test } from 'vitest';
import { servedMetrics } from '../../scripts/capacity/adapter-metrics.ts';

const series = (seriesQuery: string, more: object = {}) => ({
  rules: { default: false, custom: [{ seriesQuery, ...more }] },
});

test.for<[string, object, string[], boolean]>([
  ['a given name', series('x', { name: { as: 'y' } }), ['y'], false],
  ['the series itself', series('x{namespace!=""}'), ['x'], false],
  ['a part of its name', series('x_total', { name: { matches: '^(.*)_total$' } }), ['x'], false],
  ['a name made of a part', series('x_total', { name: { matches: '(.*)_total', as: '$1_rate' } }), ['x_rate'], false],
  ['any series that matches', series('{__name__=~"^x_.*"}'), [], true],
  ['a series that is filtered', series('x', { seriesFilters: [{ is: 'y' }] }), [], true],
  ['a pattern that is none', series('x', { name: { matches: '(', as: '$1' } }), [], true],
  ["the chart's own rules", { rules: { custom: [] } }, [], true],
  ['rules of a ConfigMap', { rules: { default: false, existing: 'mine' } }, [], true],
  ['no rules', { rules: { default: false } }, [], false],
])('%s', ([, values, names, open]) => {
  const served = servedMetrics(values, 'custom');
  expect([[...served.names], served.open]).toEqual([names, open]);
}); // biome-ignore format: a table
