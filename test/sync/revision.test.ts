import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCluster } from '../../scripts/kubernetes/cluster-file.ts';
import { readYaml } from '../../scripts/kubernetes/yaml.ts';
import { registeredClusters } from '../../scripts/sync/registered-clusters.ts';
import { revisionOf } from '../../scripts/sync/revision.ts';
import { wellKnownChart } from '../../scripts/sync/well-known-charts.ts';
import { root } from '../repository.ts';
import { manifestIn } from './expand-set.ts';

const revisions: readonly (readonly [string | undefined, string])[] = [
  [undefined, 'head'],
  ['', 'head'],
  ['HEAD', 'head'],
  ['main', 'branch'],
  ['refs/heads/x', 'branch'],
  ['v1.2.3', 'tag'],
  ['1.2.3-rc.1+b', 'tag'],
  ['refs/tags/x', 'tag'],
  ['feature/x', 'name'],
  ['1.2', 'semver'],
  ['1.x', 'semver'],
  ['1.2.*', 'semver'],
  ['>=1.0.0 <2.0.0', 'semver'],
  ['^1.0.0', 'semver'],
  ['0123456789abcdef0123456789abcdef01234567', 'commit'],
  ['sha256:00', 'digest'],
];

test.for(revisions)('the revision %s is a %s', ([value, kind]) => {
  expect(revisionOf(value, []).kind).toBe(kind);
});

test('the built-in table says what cluster.yaml says of the same charts', () => {
  for (const name of readdirSync(join(root, 'clusters'), { withFileTypes: true })) {
    if (!name.isDirectory()) continue;
    const file = join(root, 'clusters', name.name, 'cluster.yaml');
    const { documents } = readYaml(readFileSync(file, 'utf8'), file);
    const { charts } = readCluster(documents[0], name.name, file);
    for (const [chart, contents] of Object.entries(charts)) {
      const known = wellKnownChart(chart);
      expect(known, chart).toEqual({ ...contents, crds: known?.crds });
      expect([...(known?.crds ?? [])].sort(), chart).toEqual([...contents.crds].sort());
    }
  }
});

test('Secrets of several makers register clusters, without their credentials', () => {
  const label = 'labels: { argocd.argoproj.io/secret-type: cluster, env: prod }';
  const secrets = [
    `{ apiVersion: v1, kind: Secret, metadata: { name: a, ${label} }, stringData: { name: a, server: "https://a", config: hidden } }`,
    `{ apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: { name: b }, spec: { target: { template: { metadata: { ${label} }, data: { name: b, server: "{{ .server }}" } } } } }`,
    `{ apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: { name: c }, spec: { template: { metadata: { ${label} } } } }`,
    '{ apiVersion: v1, kind: Secret, metadata: { name: d } }',
  ];
  const found = registeredClusters(secrets.map(manifestIn));
  expect(found.map(({ name, server }) => [name, server])).toEqual([
    ['a', 'https://a'],
    ['b', undefined],
    [undefined, undefined],
  ]);
  expect(JSON.stringify(found)).not.toContain('hidden');
});
