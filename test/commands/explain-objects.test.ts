import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRepository, root } from '../repository.ts';
import { run } from './run.ts';

const cwd = makeRepository({});
cpSync(join(root, 'test/provenance/every-transformer'), cwd, { recursive: true });

const explain = (...args: string[]) => run(cwd, 'explain', ...args);

test('an object of very many lines', { timeout: 120_000 }, async () => {
  const items = 63_000;
  const list = Array.from(
    { length: items },
    (_, index) => `    - name: x${index}\n      size: 1\n`,
  );
  const folder = makeRepository({
    'kustomization.yaml': 'resources: [big.yaml]\n',
    'big.yaml': `apiVersion: x.io/v1\nkind: Big\nmetadata:\n  name: big\nspec:\n  list:\n${list.join('')}`,
  });
  const { code, out } = await explain('.', 'Big/big', '--cwd', folder);
  const lines = out.trimEnd().split('\n');
  expect(code).toBe(0);
  expect(lines).toHaveLength(2 * items + 6);
  expect(lines.at(-1)).toBe(`big.yaml:${2 * items + 6} |     size: 1`);
});

test('a folder may be named without a slash, and what is in no list is named', async () => {
  expect((await explain('overlay')).out).toContain('Deployment/eu-api\n');
  const { code, error } = await explain('overlay', 'Service/eu-api', 'spec.ports[name=https].port');
  expect(code).toBe(2);
  expect(error).toContain('has no item spec.ports[name=https].port; there is [name=http]');
});
