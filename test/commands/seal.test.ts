import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { validate } from '../../scripts/index.ts';
import { makeCertificate } from '../secrets/make-certificate.ts';
import { unseal } from '../secrets/unseal.ts';
import { file, makeShop, overlay, privateKey, seal } from './seal-shop.ts';

function validateSealed(root: string) {
  return validate({
    root,
    selectRule: ({ id, optIn }) => id.startsWith('sealed-secrets/') && !optIn,
  });
}

function sealedIn(cwd: string, key: string): string {
  return parse(readFileSync(join(cwd, file), 'utf8')).spec.encryptedData[key];
}

const values: readonly [string, Buffer][] = [
  ['text', Buffer.from('Zonnebloem-17 é')],
  ['several lines', Buffer.from('one\ntwo\n\n')],
  ['bytes that are no text', Buffer.from([0, 255, 254, 10, 13, 128, 0])],
  ['nothing', Buffer.alloc(0)],
];

test.for(values)('%s opens under the right name and no other', async ([, value]) => {
  const shop = makeShop();
  const { code, text } = await seal(shop, value, '--key', 'token');
  expect(code).toBe(0);
  expect(text).toBe(
    'sealed token of Secret shop/web (strict) with clusters/prod/sealed-secrets.pem in overlays/prod/web/sealed-secret.yaml\nlisted sealed-secret.yaml under resources in overlays/prod/web/kustomization.yaml\n',
  );
  const sealed = sealedIn(shop, 'token');
  expect(unseal(privateKey, 'shop/web', sealed)).toEqual(value);
  for (const label of ['', 'shop', 'shop/other', 'other/web']) {
    expect(() => unseal(privateKey, label, sealed)).toThrow();
  }
});

test.for([
  ['namespace-wide', 'shop'],
  ['cluster-wide', ''],
] as const)('%s is bound to less, and says so', async ([scope, label]) => {
  const shop = makeShop();
  await seal(shop, 'x', '--key', 'token', '--scope', scope);
  expect(unseal(privateKey, label, sealedIn(shop, 'token')).toString()).toBe('x');
  expect(() => unseal(privateKey, 'shop/web', sealedIn(shop, 'token'))).toThrow();
  const { metadata } = parse(readFileSync(join(shop, file), 'utf8'));
  expect(metadata.annotations[`sealedsecrets.bitnami.com/${scope}`]).toBe('true');
});

test('the label is the name that kustomize gives in the end', async () => {
  const shop = makeShop({
    [`${overlay}/kustomization.yaml`]:
      'namespace: shop\nnamePrefix: prod-\nresources:\n  - service-account.yaml\n',
  });
  await seal(shop, 'x', '--key', 'token');
  expect(unseal(privateKey, 'shop/prod-web', sealedIn(shop, 'token')).toString()).toBe('x');
});

test('a file keeps its comments, and gets the other value', async () => {
  const shop = makeShop();
  await seal(shop, 'one', '--key', 'first');
  writeFileSync(
    join(shop, file),
    `# Who owns it.\n${readFileSync(join(shop, file), 'utf8').replace('spec:', '# What it has.\nspec:')}`,
  );
  const before = sealedIn(shop, 'first');
  await seal(shop, 'two', '--key', 'second');
  const text = readFileSync(join(shop, file), 'utf8');
  expect(text).toMatch(/^# Who owns it\.\n/);
  expect(text).toContain('# What it has.\nspec:');
  expect(sealedIn(shop, 'first')).toBe(before);
  expect(unseal(privateKey, 'shop/web', sealedIn(shop, 'second')).toString()).toBe('two');
});

test('what it writes is clean, and names the certificate', async () => {
  const shop = makeShop();
  await seal(shop, 'x', '--key', 'token');
  expect((await validateSealed(shop)).findings).toEqual([]);
  const { pem: other } = makeCertificate(new Date(Date.now() + 86_400_000));
  writeFileSync(join(shop, 'clusters/prod/sealed-secrets.pem'), other);
  const { findings } = await validateSealed(shop);
  expect(findings.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
    'sealed-secrets/current-certificate it was sealed with another certificate than clusters/prod/sealed-secrets.pem',
  ]);
});

test('an expired certificate is refused, and nothing is written', async () => {
  const { pem: expired } = makeCertificate(new Date('2021-02-03T00:00:00Z'));
  const shop = makeShop({ 'clusters/prod/sealed-secrets.pem': expired });
  const { code, warned } = await seal(shop, 'x', '--key', 'token');
  expect([code, warned]).toEqual([
    2,
    'error: clusters/prod/sealed-secrets.pem expired on 2021-02-03; fetch it again\n',
  ]);
  expect(() => readFileSync(join(shop, file))).toThrow();
});

test('a value on the command line is refused and not repeated', async () => {
  const shop = makeShop();
  for (const args of [
    ['Zonnebloem-17'],
    ['--value=Zonnebloem-17'],
    ['--from-literal', 'Zonnebloem-17'],
  ]) {
    const { code, text, warned } = await seal(shop, '', '--key', 'token', ...args);
    expect(code).toBe(2);
    expect(text + warned).not.toContain('Zonnebloem');
  }
});

test('values of one SealedSecret share a scope', async () => {
  const shop = makeShop();
  await seal(shop, 'x', '--key', 'first', '--scope', 'namespace-wide');
  const { code, warned } = await seal(shop, 'x', '--key', 'second', '--scope', 'strict');
  expect([code, warned]).toEqual([
    2,
    'error: web is namespace-wide, and its other values would not open as strict\n',
  ]);
  await seal(shop, 'y', '--key', 'second');
  expect(unseal(privateKey, 'shop', sealedIn(shop, 'second')).toString()).toBe('y');
});
