import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { valueAt } from '../../scripts/kubernetes/fields.ts';
import { manifestsOf } from '../../scripts/kubernetes/manifests.ts';
import { readYaml } from '../../scripts/kubernetes/yaml.ts';
import { build, findKustomize } from '../../scripts/kustomize.ts';
import { copyRepository } from '../repository.ts';

/** How many workers each strategy keeps with each tier, from and to. */
const sizes = {
  fixed: { none: [5, 5], small: [2, 2], medium: [5, 5], high: [20, 20] },
  hpa: { none: [2, 10], small: [2, 2], medium: [3, 5], high: [5, 20] },
  keda: { none: [2, 10], small: [2, 2], medium: [3, 5], high: [5, 20] },
} as const;

const kustomize = await findKustomize();
const root = copyRepository();

const cases = Object.entries(sizes).flatMap(([strategy, tiers]) =>
  Object.entries(tiers).map(([tier, range]) => ({ strategy, tier, range })),
);

test.for(cases)('$strategy and $tier make $range workers', async ({ strategy, tier, range }) => {
  const folder = join(root, 'overlays/try', `${strategy}-${tier}`);
  const components = [`scaling-${strategy}`, ...(tier === 'none' ? [] : [`load-${tier}`])];
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'kustomization.yaml'),
    JSON.stringify({
      resources: ['../../../base/pdf-processor'],
      components: components.map((name) => `../../../base/pdf-processor/components/${name}`),
    }),
  );
  const { documents } = readYaml(await build(kustomize, folder), folder);
  const manifests = manifestsOf(documents, {});
  const at = (kind: string, name: string, field: string) =>
    valueAt(manifests.find((one) => one.kind === kind && one.name === name)?.data, ['spec', field]);
  const found = {
    fixed: Array.from({ length: 2 }, () => at('Deployment', 'pdf-processor-worker', 'replicas')),
    hpa: ['minReplicas', 'maxReplicas'].map((field) =>
      at('HorizontalPodAutoscaler', 'pdf-processor-hpa', field),
    ),
    keda: ['minReplicaCount', 'maxReplicaCount'].map((field) =>
      at('ScaledObject', 'pdf-processor-scaler', field),
    ),
  };
  const others = Object.entries(found).filter(([name]) => name !== strategy);
  expect(found[strategy as keyof typeof found]).toEqual(range);
  expect(others.flatMap(([, numbers]) => numbers).filter((one) => one !== undefined)).toEqual([]);
});
