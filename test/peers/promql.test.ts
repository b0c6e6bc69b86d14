import { createRequire } from 'node:module';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';
import { listAt, textAt } from '../../scripts/kubernetes/fields.ts';
import { makeRepository } from '../repository.ts';
import { panelsOf } from '../systems/monitoring.ts';
import { systems } from '../systems/renders.ts';

/** The parser of Prometheus' own web page. */
const packages = [
  '@prometheus-io/lezer-promql@0.315.0',
  '@lezer/common@1.2.3',
  '@lezer/highlight@1.2.1',
  '@lezer/lr@1.4.2',
];

interface Node {
  readonly type: { readonly isError: boolean };
  readonly from: number;
}
interface Parser {
  parse(text: string): { iterate(visit: { enter(node: Node): void }): void };
}
let parser: Parser;

beforeAll(async () => {
  const folder = makeRepository({ 'package.json': '{ "private": true }\n' });
  await execa('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: folder });
  ({ parser } = createRequire(join(folder, 'package.json'))('@prometheus-io/lezer-promql'));
}, 300_000);

/** The places where Prometheus could not read on. */
function mistakesIn(expression: string): string[] {
  // Grafana replaces its variables first.
  const text = expression.replaceAll('$__rate_interval', '5m');
  const found: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, from }) => {
      if (type.isError) found.push(`at ${from} of ${text}`);
    },
  });
  return found;
}

test('the parser finds mistakes', () => {
  expect(mistakesIn('sum by (pod) (rate(a_total{b="c"}[5m]))')).toEqual([]);
  expect(mistakesIn('sum by (pod (rate(a_total{b="c"}[5m]))')).not.toEqual([]);
});

test.for(systems)('queries and alerts of $name in $environment are PromQL', (system) => {
  const queries = panelsOf(system).flatMap(({ queries }) => queries.split('\n'));
  const alerts = system.manifests
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap(({ data }) => listAt(data, ['spec', 'groups']))
    .flatMap((group) => listAt(group, ['rules']))
    .map((rule) => textAt(rule, ['expr']) ?? '');
  expect(queries.length).toBeGreaterThan(20);
  expect(alerts.length).toBeGreaterThan(5);
  expect([...queries, ...alerts].flatMap(mistakesIn)).toEqual([]);
});
