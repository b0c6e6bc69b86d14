import { expect, test } from 'vitest';
import { reachOf } from '../../scripts/report/reach.ts';

function targetsOf(apps: readonly string[], environments: readonly string[]): string[] {
  return environments.flatMap((environment) => apps.map((app) => `overlays/${environment}/${app}`));
}

const apps = ['ai-api', 'ai-assistant', 'ai-search', 'ai-worker'];

test('one app in several environments is told with their names', () => {
  const clusters = ['dev', 'prod', 'staging'];
  const targets = targetsOf(['ai-api'], clusters);
  const told = 'overlays/dev/ai-api, also in prod, staging';
  expect(reachOf({ targets, clusters })).toBe(told);
  expect(reachOf({ targets, clusters: [] })).toBe(told);
  expect(reachOf({ targets: ['apps/api/dev', 'apps/api/prod'], clusters })).toBe(
    'apps/api/dev, also in prod',
  );
  expect(reachOf({ targets: ['charts/api@dev', 'charts/api@prod'], clusters })).toBe(
    'charts/api@dev, also in prod',
  );
});

test('several apps are counted, and no environment stands for more than it has', () => {
  const clusters = ['prod', 'staging'];
  expect(reachOf({ targets: targetsOf(apps, clusters), clusters })).toBe(
    'overlays/prod/ai-api and 7 more targets in prod, staging',
  );
  expect(reachOf({ targets: targetsOf(apps, ['prod']), clusters: ['prod'] })).toBe(
    'overlays/prod/ai-api and 3 more targets in prod',
  );
  const uneven = ['overlays/prod/ai-api', 'overlays/prod/ai-search', 'overlays/staging/ai-api'];
  expect(reachOf({ targets: uneven, clusters })).toBe(
    'overlays/prod/ai-api and 2 more targets in prod, staging',
  );
});

test('two targets are both named', () => {
  expect(reachOf({ targets: targetsOf(['a', 'b'], ['dev']), clusters: ['dev'] })).toBe(
    'overlays/dev/a, also in overlays/dev/b',
  );
  expect(
    reachOf({ targets: ['overlays/dev/a', 'overlays/prod/b'], clusters: ['dev', 'prod'] }),
  ).toBe('overlays/dev/a, also in overlays/prod/b');
});

test('a target whose cluster its name does not say is counted without clusters', () => {
  const targets = ['base/api', 'overlays/dev/api', 'overlays/prod/api'];
  expect(reachOf({ targets, clusters: ['dev', 'prod'] })).toBe('base/api and 2 more targets');
});

test('many environments are a number', () => {
  const clusters = Array.from({ length: 30 }, (_, index) => `edge-${index}`);
  expect(reachOf({ targets: targetsOf(['api'], clusters), clusters })).toBe(
    'overlays/edge-0/api and 29 more targets',
  );
});

test('one target, or none, is told as it is', () => {
  expect(reachOf({ targets: ['overlays/dev/a'], clusters: ['dev'] })).toBe('overlays/dev/a');
  expect(reachOf({ targets: [], clusters: ['dev', 'prod'] })).toBe('dev, prod');
});
