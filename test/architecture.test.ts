import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

/**
 * Which part of `scripts/` may import which. Stages know the nouns and what everybody
 * shares, never each other: only `pipeline.ts` and what it calls beside it join them. To change the architecture,
 * change this table.
 */
const mayImport: Record<string, readonly string[]> = {
  model: [],
  shared: [],
  kubernetes: ['model', 'shared'],
  config: ['kubernetes', 'shared'],
  discover: ['model', 'shared', 'kubernetes'],
  render: ['model', 'shared', 'kubernetes'],
  schema: ['model', 'shared', 'kubernetes', 'cel'],
  provenance: ['model', 'shared', 'kubernetes', 'secrets'],
  check: ['model', 'shared', 'kubernetes'],
  cel: [],
  policy: ['model', 'shared', 'kubernetes', 'cel'],
  secrets: ['model', 'shared', 'kubernetes'],
  rules: ['model', 'shared', 'kubernetes', 'secrets'],
  report: ['model', 'shared'],
  'prepare-rules': ['model', 'discover', 'rules', 'schema'],
  pipeline: [
    'model',
    'discover',
    'render',
    'schema',
    'prepare-rules',
    'provenance',
    'check',
    'secrets',
  ],
  dashboard: ['model', 'shared', 'kubernetes'],
  commands: [
    'model',
    'shared',
    'config',
    'dashboard',
    'discover',
    'pipeline',
    'render',
    'report',
    'rules',
    'schema',
    'secrets',
  ],
  cli: ['commands', 'shared'],
  index: ['config', 'model', 'pipeline', 'report', 'rules'],
  kustomize: ['render'],
  // Scripts that orchestrate programs.
  bench: ['kubernetes', 'kustomize', 'rules'],
  kubeconform: [],
  build: [],
  docs: ['index', 'model', 'report'],
  schemas: ['schema'],
  wire: ['kubernetes', 'kustomize', 'model', 'shared'],
};

const scripts = join(import.meta.dirname, '../scripts');

test.for(globSync('**/*.ts', { cwd: scripts }).sort())('imports of %s', (file) => {
  const part = partOf(file);
  const imported = importsOf(file)
    .map(partOf)
    .filter((other) => other !== part);
  expect(mayImport[part], `${part} is missing from the table`).toBeDefined();
  expect(imported.filter((other) => !mayImport[part]?.includes(other))).toEqual([]);
});

function importsOf(file: string): string[] {
  const text = readFileSync(join(scripts, file), 'utf8');
  return [...text.matchAll(/(?: from |import\()'(\.[^']+)'/g)].map(([, to = '']) =>
    relative(scripts, join(scripts, file, '..', to)),
  );
}

/** The first folder, or the file itself when it stands at the top. */
function partOf(file: string): string {
  return file.replace(/(\/.*|\.ts)$/, '');
}
