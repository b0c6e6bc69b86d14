import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import type { Terminal } from '../../scripts/commands/command.ts';
import { main } from '../../scripts/commands/main.ts';
import { reporters } from '../../scripts/report/reporters.ts';
import { sensitive } from '../../scripts/secrets/sensitive.ts';
import { makeRepository } from '../repository.ts';

/** Never a word of ours, and long enough that no part of a message holds it by chance. */
const canaries = {
  plain: 'Kanarie1Zonnebloem',
  encoded: 'Kanarie2Zonnebloem',
  url: 'Kanarie3Zonnebloem',
  literal: 'Kanarie4Zonnebloem',
  malformedLiteral: 'Kanarie5Zonnebloem',
  malformedEnv: 'Kanarie6Zonnebloem',
  malformedYaml: 'Kanarie7Zonnebloem',
  env: 'Kanarie8Zonnebloem',
  argument: 'Kanarie9Zonnebloem',
  config: 'KanarieAZonnebloem',
  file: 'KanarieBZonnebloem',
  template: 'KanarieCZonnebloem',
  annotation: 'KanarieDZonnebloem',
  duplicate: 'KanarieEZonnebloem',
};

const base64 = (text: string) => Buffer.from(text).toString('base64');

const files: Readonly<Record<string, string>> = {
  'app/kustomization.yaml': `resources: [pod.yaml, secret.yaml, external-secret.yaml, config-map.yaml]
secretGenerator:
  - name: db
    literals: [password=${canaries.literal}]
    envs: [db.env]
`,
  'app/db.env': `${canaries.malformedEnv}\nTOKEN=${canaries.file}\n`,
  'app/.env': `PASSWORD=${canaries.file}\n`,
  'app/pod.yaml': `apiVersion: v1
kind: Pod
metadata: {name: p, namespace: a}
spec:
  containers:
    - name: c
      image: registry.example.com/c:1.0.0
      args: [--password=${canaries.argument}]
      env:
        - {name: DB_PASSWORD, value: ${canaries.env}}
        - {name: DB, value: "postgres://app:${canaries.url}@db/app"}
        - {name: E, valueFrom: {secretKeyRef: {name: db, key: absent}}}
        - {name: F, valueFrom: {secretKeyRef: {name: s, key: absent}}}
`,
  'app/secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: s
  namespace: a
  annotations: {token: ${canaries.annotation}, note: "redis://:${canaries.url}@r"}
stringData: {password: ${canaries.plain}}
data: {other: ${base64(canaries.encoded)}, broken: "${canaries.encoded}!"}
`,
  'app/external-secret.yaml': `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: e, namespace: a}
spec:
  secretStoreRef: {name: s}
  target: {template: {data: {password: ${canaries.template}}}}
  data: [{secretKey: a, remoteRef: {key: a}}]
`,
  'app/config-map.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: m, namespace: a}
data:
  SMTP_PASSWORD: ${canaries.config}
  app.ini: |
    host=mail
    password=${canaries.config}
`,
  'literal/kustomization.yaml': `secretGenerator:\n  - name: bad\n    literals: [${canaries.malformedLiteral}]\n`,
  'env/kustomization.yaml': 'secretGenerator:\n  - name: bad\n    envs: [bad.env]\n',
  'env/bad.env': `1 ${canaries.malformedEnv}=x y\n${canaries.malformedEnv} z=1\n`,
  'broken/kustomization.yaml': 'resources: [secret.yaml]\n',
  'broken/secret.yaml': `apiVersion: v1\nkind: Secret\nstringData:\n  password: "${canaries.malformedYaml}\n  x: [\n`,
  'twice/kustomization.yaml': 'resources: [secret.yaml]\n',
  'twice/secret.yaml': `apiVersion: v1\nkind: Secret\nstringData:\n  a: ${canaries.duplicate}\n  a: ${canaries.duplicate}\n`,
};

function record(cwd: string) {
  const told: string[] = [];
  const terminal: Terminal = {
    cwd,
    colour: false,
    columns: 80,
    print: (text) => told.push(text),
    warn: (text) => told.push(text),
    progress: (text) => told.push(text),
    readInput: async () => '',
  };
  return { told, terminal };
}

function expectNoCanary(text: string): void {
  for (const [place, canary] of Object.entries(canaries)) {
    expect(text.includes(canary), `the ${place} canary is told`).toBe(false);
    expect(text.includes(base64(canary)), `the ${place} canary is told in base64`).toBe(false);
  }
}

test.for(Object.keys(reporters))('%s tells no planted secret', async (reporter) => {
  const folder = makeRepository(files);
  const { told, terminal } = record(folder);
  await main(['validate', '--cwd', folder, '--reporter', reporter], terminal);
  const text = told.join('');
  expectNoCanary(text);
  expect(text).toMatch(/secrets\/|plaintext/);
});

test('every planted kind is found, so that the reports had their chance', async () => {
  const folder = makeRepository(files);
  const { told, terminal } = record(folder);
  await main(['validate', '--cwd', folder, '--reporter', 'json'], terminal);
  const rules = new Set(
    JSON.parse(told.join('').replace(/^[^{]*/, '')).findings.map(
      ({ rule }: { rule: string }) => rule,
    ),
  );
  for (const rule of [
    'yaml/well-formed',
    'secrets/encrypted',
    'secrets/generators-encrypted',
    'secrets/files-untracked',
    'render/builds',
  ]) {
    expect(rules).toContain(rule);
  }
});

test('explain and a misused command line tell none', async () => {
  const folder = makeRepository(files);
  const { told, terminal } = record(folder);
  for (const args of [
    ['explain', 'app', 'Pod/p', '--cwd', folder],
    ['explain', 'app', 'Pod/p', 'spec.containers', '--cwd', folder],
    [
      'explain',
      'app',
      'Pod/p',
      'spec.containers[name=c].env[name=DB_PASSWORD].value',
      '--cwd',
      folder,
    ],
    ['explain', 'app', 'ConfigMap/m', '--cwd', folder],
    ['explain', 'app', 'ExternalSecret/e', '--cwd', folder],
    ['explain', 'app', 'Secret/s', '--cwd', folder],
    ['explain', 'app', 'Secret/s', 'stringData.password', '--cwd', folder],
    ['explain', 'secrets/encrypted'],
    ['render', 'literal', 'broken', '--cwd', folder],
  ]) {
    await main(args, terminal);
  }
  expectNoCanary(told.join(''));
});

test('the cache keeps none', async () => {
  const folder = makeRepository(files);
  const cache = makeRepository({});
  const before = process.env.PRESYNC_CACHE;
  process.env.PRESYNC_CACHE = cache;
  try {
    const { terminal } = record(folder);
    await main(['validate', '--cwd', folder], terminal);
  } finally {
    if (before === undefined) delete process.env.PRESYNC_CACHE;
    else process.env.PRESYNC_CACHE = before;
  }
  for (const entry of readdirSync(cache, { recursive: true, encoding: 'utf8' })) {
    const path = join(cache, entry);
    // The unpacked kustomize itself is there too, and reading it proves nothing.
    if (statSync(path).isFile() && statSync(path).size < 20_000_000) {
      expectNoCanary(readFileSync(path, 'latin1'));
    }
  }
});

test('a hidden text cannot be printed in any usual way', () => {
  const hidden = sensitive(canaries.plain);
  const thrown = new Error(`about ${hidden}`, { cause: hidden });
  const tellings = [
    `${hidden}`,
    String(hidden),
    `x${hidden as unknown as string}`,
    JSON.stringify({ hidden, list: [hidden] }),
    inspect({ hidden }, { depth: 9, showHidden: true }),
    inspect(thrown),
    inspect(structuredClone(hidden)),
    Object.entries(hidden).join(''),
  ];
  expectNoCanary(tellings.join('\n'));
  expect(hidden.read((text) => text === canaries.plain)).toBe(true);
});
