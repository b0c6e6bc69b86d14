import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { main } from '../../scripts/commands/main.ts';
import { reporters } from '../../scripts/report/reporters.ts';
import { makeRepository } from '../repository.ts';
import { findingOf, plain, reportOf } from './reports.ts';
import { anyReport } from './texts.ts';

const require = createRequire(import.meta.url);
// Draft 4 and 7 differ in how a schema names itself, and in nothing else that this one uses.
const {
  $schema: _,
  id,
  ...schema
} = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const isReference = (text: string) =>
  /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/.test(text) && URL.canParse(text, 'file:///a/');
const ajv = new Ajv({
  strict: false,
  unicodeRegExp: false,
  allErrors: true,
  formats: { uri: URL.canParse, 'uri-reference': isReference, 'date-time': true },
});
const isValid = ajv.compile({ ...schema, $id: id });

function expectValid(log: unknown): void {
  expect(isValid(log) ? [] : isValid.errors).toEqual([]);
}

function deployment(index: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${index}
spec:
  replicas: many
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: nginx:1.29.0
`;
}

// biome-ignore lint/suspicious/noExplicitAny: a log is read as its readers do
let run: any;

beforeAll(async () => {
  const names = Array.from({ length: 50 }, (_, index) => `web-${index}.yaml`);
  const folder = makeRepository({
    'apps/kustomization.yaml': `resources:\n${names.map((name) => `  - ${name}\n`).join('')}`,
    ...Object.fromEntries(names.map((name, index) => [`apps/${name}`, deployment(index)])),
  });
  const told: string[] = [];
  await main(['validate', '--only', 'schema', '--cwd', folder, '--reporter', 'sarif'], {
    cwd: folder,
    colour: false,
    columns: 80,
    print: (text) => told.push(text),
    warn: (text) => told.push(text),
    progress() {},
    readInput: async () => '',
  });
  const log = JSON.parse(told.join(''));
  expectValid(log);
  [run] = log.runs;
});

test('a run with 50 findings is valid by the official schema', () => {
  expect(
    run.results.filter(({ ruleId }: { ruleId: string }) => ruleId === 'schema/valid'),
  ).toHaveLength(50);
});

test('a finding is at the value that was written, from its first column to its end', () => {
  const [first] = run.results;
  expect(first.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'apps/web-0.yaml', uriBaseId: '%SRCROOT%' },
    region: { startLine: 6, startColumn: 13, endColumn: 17 },
  });
  expect(run.originalUriBaseIds['%SRCROOT%'].uri).toBeUndefined();
});

test('every rule is told with help that code scanning shows', () => {
  const { rules } = run.tool.driver;
  for (const { ruleId, ruleIndex } of run.results) expect(rules[ruleIndex].id).toBe(ruleId);
  const [rule] = rules.filter(({ id }: { id: string }) => id === 'schema/valid');
  expect(rule.help.markdown).toContain('**Fix:**');
  expect(rule.helpUri).toMatch(/^https:/);
  expect(rule.properties).not.toHaveProperty('security-severity');
  const [secret] = rules.filter(({ id }: { id: string }) => id === 'secrets/no-tokens');
  expect(secret.properties).toMatchObject({ 'security-severity': '8.0' });
  expect(secret.properties.tags).toContain('security');
});

test('fingerprints tell all findings apart', () => {
  const prints = run.results.map(
    ({ partialFingerprints }: { partialFingerprints: object }) =>
      (partialFingerprints as Record<string, string>)['presync/v1'],
  );
  expect(new Set(prints).size).toBe(prints.length);
});

test('a log of any report is valid by the official schema', async () => {
  await fc.assert(
    fc.asyncProperty(anyReport, async (report) => {
      expectValid(JSON.parse((await reporters.sarif?.(report, plain)) ?? ''));
    }),
    { numRuns: 100 },
  );
});

test('related places, suppressions and odd names are told', async () => {
  const finding = findingOf({
    location: { file: 'base/a b#c/ü.yaml', line: 3, column: 1 },
    related: [
      { message: 'overridden here', location: { file: 'overlays/dev/k.yaml', line: 7, column: 5 } },
    ],
    suppression: { kind: 'inSource', justification: 'the image is built here' },
  });
  const log = JSON.parse((await reporters.sarif?.(reportOf([finding]), plain)) ?? '');
  expectValid(log);
  expect(log.runs[0].results[0]).toMatchObject({
    level: 'error',
    locations: [{ physicalLocation: { artifactLocation: { uri: 'base/a%20b%23c/%C3%BC.yaml' } } }],
    relatedLocations: [
      {
        id: 1,
        message: { text: 'overridden here' },
        physicalLocation: { region: { startLine: 7 } },
      },
    ],
    suppressions: [
      { kind: 'inSource', status: 'accepted', justification: 'the image is built here' },
    ],
  });
});
