import { expect, test } from 'vitest';
import { main } from '../../scripts/commands/main.ts';
import { makeRepository } from '../repository.ts';
import { makeCertificate } from './make-certificate.ts';
import { record } from './record.ts';

const day = 86_400_000;

function withCertificate(ageInDays: number, more: Readonly<Record<string, string>> = {}): string {
  const from = new Date(Date.now() - ageInDays * day);
  const { pem } = makeCertificate(new Date(Date.now() + 3650 * day), 2048, from);
  return makeRepository({
    'clusters/prod/cluster.yaml': 'name: prod\nenvironment: prod\n',
    'clusters/prod/sealed-secrets.pem': pem,
    'app/kustomization.yaml': 'resources: [app.yaml]\n',
    'app/app.yaml': `apiVersion: v1
kind: Pod
metadata: {name: p, namespace: a}
spec:
  containers:
    - name: c
      image: registry.example.com/c:1.0.0
      envFrom: [{secretRef: {name: s}}]
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: s, namespace: a}
spec:
  refreshInterval: 1h
  secretStoreRef: {name: vault, kind: ClusterSecretStore}
  data: [{secretKey: a, remoteRef: {key: a}}]
`,
    ...more,
  });
}

async function toldBy(folder: string, ...args: string[]) {
  const { told, terminal } = record(folder);
  await main(['validate', '--cwd', folder, '--reporter', 'json', ...args], terminal);
  const { findings } = JSON.parse(told.join('').replace(/^[^{]*/, ''));
  return findings.map(({ rule, severity }: { rule: string; severity: string }) => [rule, severity]);
}

const optional = ['references/secret-rollout', 'sealed-secrets/recent-certificate'];

test('rules that only some want say nothing by default, nor with their group', async () => {
  const folder = withCertificate(40);
  for (const args of [[], ['--only', 'sealed-secrets,references']]) {
    const told = await toldBy(folder, ...args);
    expect(told.filter(([rule]: string[]) => optional.includes(rule ?? ''))).toEqual([]);
  }
});

test('a configuration turns them on, at the level that it says', async () => {
  const config = `export default { rules: { 'references/secret-rollout': 'warning', 'sealed-secrets/recent-certificate': 'note' } };\n`;
  const told = await toldBy(withCertificate(40, { 'presync.config.mjs': config }));
  expect(told).toContainEqual(['references/secret-rollout', 'warning']);
  expect(told).toContainEqual(['sealed-secrets/recent-certificate', 'note']);
});

test('--only names one of them', async () => {
  const folder = withCertificate(31);
  expect(await toldBy(folder, '--only', 'sealed-secrets/recent-certificate')).toEqual([
    ['sealed-secrets/recent-certificate', 'note'],
  ]);
  expect(await toldBy(folder, '--only', 'references/secret-rollout')).toEqual([
    ['references/secret-rollout', 'note'],
  ]);
});

test('a certificate of a month is recent', async () => {
  expect(await toldBy(withCertificate(29), '--only', 'sealed-secrets/recent-certificate')).toEqual(
    [],
  );
});
