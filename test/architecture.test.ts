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
  config: ['kubernetes', 'model', 'shared'],
  discover: ['model', 'shared', 'kubernetes', 'sync'],
  render: ['model', 'shared', 'kubernetes'],
  schema: ['model', 'shared', 'kubernetes', 'cel'],
  provenance: ['model', 'shared', 'kubernetes', 'secrets'],
  excerpt: ['model', 'kubernetes', 'provenance', 'secrets'],
  check: ['model', 'shared', 'kubernetes'],
  cel: [],
  policy: ['model', 'shared', 'kubernetes', 'cel'],
  sync: ['model', 'shared', 'kubernetes'],
  secrets: ['model', 'shared', 'kubernetes'],
  cluster: ['model', 'shared', 'kubernetes', 'secrets'],
  capacity: ['model', 'shared', 'kubernetes', 'cluster'],
  rules: ['model', 'shared', 'kubernetes', 'secrets', 'capacity', 'cluster', 'sync'],
  report: ['model', 'shared'],
  'prepare-rules': ['model', 'discover', 'prepare-policies', 'provenance', 'rules', 'schema'],
  'prepare-policies': ['model', 'kubernetes', 'discover', 'render', 'policy', 'rules', 'schema'],
  'generated-applications': ['model', 'discover', 'sync'],
  'render-rounds': ['model', 'discover', 'generated-applications', 'render', 'sync'],
  'render-base': ['model', 'shared', 'discover', 'pipeline', 'validate-options'],
  'validate-options': ['model', 'discover', 'render', 'schema', 'prepare-rules', 'check'],
  pipeline: [
    'model',
    'discover',
    'render-rounds',
    'sync',
    'render',
    'schema',
    'prepare-rules',
    'provenance',
    'check',
    'secrets',
    'validate-options',
  ],
  dashboard: ['model', 'shared', 'kubernetes'],
  plan: ['model', 'shared', 'sync', 'report'],
  commands: [
    'model',
    'shared',
    'capacity',
    'check',
    'kubernetes',
    'config',
    'dashboard',
    'discover',
    'excerpt',
    'pipeline',
    'policy',
    'render',
    'render-base',
    'report',
    'rules',
    'schema',
    'secrets',
    'plan',
    'render-rounds',
    'sync',
    'validate-options',
  ],
  cli: ['commands', 'shared'],
  index: ['config', 'model', 'pipeline', 'report', 'rules', 'validate-options'],
  kustomize: ['render'],
  // Scripts that orchestrate programs.
  bench: ['check', 'kubernetes', 'kustomize', 'rules', 'model', 'pipeline', 'policy', 'schema'],
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
