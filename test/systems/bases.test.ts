import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { manifestsOf } from '../../scripts/kubernetes/manifests.ts';
import { containersOf } from '../../scripts/kubernetes/workloads.ts';
import { root } from '../repository.ts';

/** The images that each base runs; overlays say where from and which version. */
const images: Readonly<Record<string, readonly string[]>> = {
  'ai-assistant': ['ai-assistant-blue', 'ai-assistant-green'],
  'grading-system': ['ai-grading-api', 'ai-grading-worker', 'minio', 'postgres', 'rclone', 'redis'],
  'pdf-processor': [
    'go-ingest-service',
    'minio',
    'minio-client',
    'pdf-processor',
    'rclone',
    'redis',
  ],
  'suoke-life': ['laoke-agent', 'model-registry', 'soer-agent', 'xiaoai-agent', 'xiaoke-agent'],
};

test.for(Object.entries(images))('base/%s runs images without a version', ([app, expected]) => {
  const found = globSync(`base/${app}/**/*.yaml`, { cwd: root })
    .filter((path) => !path.endsWith('.patch.yaml'))
    .flatMap((path) => manifestsOf([parse(readFileSync(join(root, path), 'utf8'))], {}))
    .flatMap((manifest) => [...containersOf(manifest)])
    .map(({ image }) => String(image));
  expect([...new Set(found)].sort()).toEqual(expected);
});

test.for(globSync('clusters/*/cluster.yaml', { cwd: root }))('%s names a version', (path) => {
  const { kubernetes } = parse(readFileSync(join(root, path), 'utf8'));
  expect(kubernetes).toMatch(/^1\.\d+$/);
  // What grading-system asks for.
  expect(Number(kubernetes.slice(2))).toBeGreaterThanOrEqual(24);
});
