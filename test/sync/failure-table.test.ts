import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../scripts/index.ts';
import { root } from '../repository.ts';

/** The known ways in which the wiring of a GitOps repository fails. */
const failures = [
  'path-missing', 'path-not-kustomization', 'orphan-overlay', 'double-owner', 'project-denied',
  'project-default', 'root-admin', 'dep-missing', 'dep-cycle', 'dep-no-gate', 'ks-defaults',
  'crd-before-cr', 'wave-order', 'app-wave-health', 'rollingsync-autosync', 'ns-missing',
  'ns-two-creators', 'prune-data', 'prune-off', 'finalizer', 'rename', 'owner-move', 'rev-floating',
  'pin-parity', 'subst-undefined', 'subst-shell', 'subst-type', 'engine-version', 'hpa-replicas',
  'ignore-no-respect', 'two-scalers', 'ref-broken', 'sealed-scope', 'dead-patch', 'shadowed',
  'selector-change', 'yaml-bool', 'big-object', 'appset-missingkey', 'dual-engine',
]; // biome-ignore format: a table

const text = readFileSync(join(root, 'scripts/README.md'), 'utf8');
const section = /### Which rule tells which failure\n([\s\S]*?)\n## /.exec(text)?.[1] ?? '';
const rows = section
  .split('\n')
  .flatMap((line) => /^\| ([a-z-]*[a-z]) +\| (.*?) +\| (.*?) *\|$/.exec(line)?.slice(1, 4) ?? [])
  .reduce<string[][]>((all, cell, index) => {
    if (index % 3 === 0) all.push([]);
    all.at(-1)?.push(cell);
    return all;
  }, [])
  .filter(([name]) => name !== 'failure');

test('every failure has its row, in order', () => {
  expect(rows.map(([name]) => name)).toEqual(failures);
});

test.for(rows)('%s', ([, told = '', why = '']) => {
  const named = [...told.matchAll(/`([a-z-]+\/[a-z-]+)`/g)].map(([, id]) => id);
  expect(named.length > 0 || why.length > 0).toBe(true);
  const known = rules.map(({ id }) => id);
  expect(named.filter((id = '') => !known.includes(id))).toEqual([]);
});
