import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { valueAt } from '../../scripts/kubernetes/fields.ts';
import { root } from '../repository.ts';
import { systems } from './renders.ts';
import { all, everywhere, type System } from './system.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The replicas of every autoscaler, as the README writes them. */
function rangesOf(system: System): string[] {
  const hpas = all(system, 'HorizontalPodAutoscaler').map(({ data }) => [
    valueAt(data, ['spec', 'minReplicas']),
    valueAt(data, ['spec', 'maxReplicas']),
  ]);
  const scaledObjects = all(system, 'ScaledObject').map(({ data }) => [
    valueAt(data, ['spec', 'minReplicaCount']),
    valueAt(data, ['spec', 'maxReplicaCount']),
  ]);
  return [...hpas, ...scaledObjects].map((range) => range.join('..')).sort();
}

test.for(systems)('the README says how $name scales in $environment', (system) => {
  const row = readme.split('\n').find((line) => line.startsWith(`| ${system.name} `)) ?? '';
  const cells = row.split('|').slice(2);
  const cell = cells[everywhere.indexOf(system.environment)] ?? '';
  expect([...(cell.match(/\d+\.\.\d+/g) ?? [])].sort()).toEqual(rangesOf(system));
});
