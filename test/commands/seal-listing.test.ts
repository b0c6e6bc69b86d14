import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withResource } from '../../scripts/kubernetes/with-resource.ts';
import { makeShop, overlay, seal } from './seal-shop.ts';

test('a new file is listed in the kustomization, whose comments stay', async () => {
  const shop = makeShop({
    [`${overlay}/kustomization.yaml`]:
      'namespace: shop # of the team\nresources:\n  # who it runs as\n  - service-account.yaml # kept\n\nlabels: []\n',
  });
  const first = await seal(shop, 'x', '--key', 'token');
  expect(first.text).toContain(
    `listed sealed-secret.yaml under resources in ${overlay}/kustomization.yaml\n`,
  );
  const listed =
    'namespace: shop # of the team\nresources:\n  # who it runs as\n  - service-account.yaml # kept\n  - sealed-secret.yaml\n\nlabels: []\n';
  expect(readFileSync(join(shop, overlay, 'kustomization.yaml'), 'utf8')).toBe(listed);
  const second = await seal(shop, 'y', '--key', 'other');
  expect(second.text).toContain(`${overlay}/kustomization.yaml lists it already\n`);
  expect(readFileSync(join(shop, overlay, 'kustomization.yaml'), 'utf8')).toBe(listed);
});

const kustomizations: readonly [string, string, string][] = [
  [
    'without resources',
    'namespace: shop\nlabels: []\n',
    'namespace: shop\nresources:\n  - sealed-secret.yaml\nlabels: []\n',
  ],
  [
    'without a line break at its end',
    'namespace: shop',
    'namespace: shop\nresources:\n  - sealed-secret.yaml',
  ],
  [
    'with a list in brackets',
    'namespace: shop\nresources: [a.yaml] # one\n',
    'namespace: shop\nresources: [ a.yaml, sealed-secret.yaml ] # one\n',
  ],
  [
    'with a list that is not indented',
    'resources:\n- a.yaml\nnamespace: shop\n',
    'resources:\n- a.yaml\n- sealed-secret.yaml\nnamespace: shop\n',
  ],
  [
    'of Windows',
    'namespace: shop\r\nresources:\r\n  - a.yaml\r\n',
    'namespace: shop\r\nresources:\r\n  - a.yaml\r\n  - sealed-secret.yaml\r\n',
  ],
];

test.for(kustomizations)('a kustomization %s is edited in its own manner', ([, before, after]) => {
  expect(withResource(before, 'sealed-secret.yaml')).toBe(after);
  expect(withResource(after, './sealed-secret.yaml')).toBeUndefined();
});

test('a file in a folder of the overlay is listed from there, and one elsewhere is left to you', async () => {
  const shop = makeShop();
  const inside = await seal(shop, 'x', '--key', 'token', '--file', `${overlay}/sealed/web.yaml`);
  expect(inside.text).toContain('listed sealed/web.yaml under resources in');
  const outside = await seal(shop, 'x', '--key', 'token', '--file', 'secrets/web.yaml');
  expect(outside.text).toContain('no kustomization lists it yet');
});
