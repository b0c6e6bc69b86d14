import { expect, test } from 'vitest';
import { atBlamedKey } from '../../scripts/check/blamed-key.ts';
import { openExcerpts } from '../../scripts/excerpt/excerpts.ts';
import { type Finding, type Repository, validate } from '../../scripts/index.ts';
import { pretty } from '../../scripts/report/pretty.ts';
import { plain } from '../report/reports.ts';
import { makeRepository } from '../repository.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replica: 2
  selector: { matchLabels: { app: web }, matchLabel: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      container:
        - name: web
      containers:
        - name: web
          image: nginx:1.29.0
          "imagePullPolice": 'Always' # not always
          resources: { request: { cpu: 1 }, limits: { memory: 1Gi } }
          ports:
            - { containerPort: 80, hostPorts: 80, name: http }
`;

async function check(files: Readonly<Record<string, string>>) {
  let repository: Repository | undefined;
  const { findings, ...report } = await validate({
    root: makeRepository(files),
    selectRule: ({ id }) => id === 'schema/valid',
    onRepository: (found) => {
      repository = found;
    },
  });
  if (!repository) throw new Error('nothing was checked');
  const excerptOf = openExcerpts(repository, findings);
  return { findings, excerptOf, text: pretty({ ...report, findings }, { ...plain, excerptOf }) };
}

function places(findings: readonly Finding[]): string[] {
  return findings.map(({ location: { line, column }, message }) => `${line}:${column} ${message}`);
}

test('an unknown field is told at its key, by column, caret and report alike', async () => {
  const { findings, excerptOf, text } = await check({
    'app/kustomization.yaml': 'resources: [deployment.yaml]\n',
    'app/deployment.yaml': deployment,
  });
  expect(places(findings)).toEqual([
    '6:3 unknown field "replica"',
    '7:42 unknown field "matchLabel"',
    '11:7 unknown field "container"',
    '16:11 unknown field "imagePullPolice"',
    '17:24 unknown field "request"',
    '19:36 unknown field "hostPorts"',
  ]);
  const lines = deployment.split('\n');
  for (const finding of findings) {
    const { source } = excerptOf(finding);
    const { line, column } = finding.location;
    const key = /"(.*)"/.exec(finding.message)?.[1];
    expect(source?.start).toBe(column);
    expect(source?.text.slice(column - 1, (source?.end ?? 0) - 1).replaceAll('"', '')).toBe(key);
    expect(lines[line - 1]?.slice(column - 1).replace('"', '')).toMatch(new RegExp(`^${key}`));
  }
  expect(text).toContain(`  6:3 error: unknown field "replica"
    6 | replica: 2
      | ^^^^^^^
`);
});

test('a value that is wrong is told at the value, to its end', async () => {
  const { text } = await check({
    'app/kustomization.yaml': 'resources: [deployment.yaml]\n',
    'app/deployment.yaml': deployment
      .replace('containerPort: 80', 'containerPort: "w eb"')
      .replace('  replica: 2', '  replicas: two # of them'),
  });
  expect(text).toContain(`    6 | replicas: two
      |           ^^^
`);
  expect(text).toContain(`    19 | - { containerPort: "w eb", hostPorts: 80, name: http }
       |                    ^^^^^^
`);
});

const operations = {
  block: `- op: add
  path: /spec/replica
  value: 60
- op: add
  path: /spec/template/spec/terminationGrace
  value: 60
`,
  behind: '- op: add\n  value: 60\n  path: /spec/replica\n',
  flow: '- { op: add, path: /spec/replica, value: 60 }\n',
  json: '[{"op": "add", "path": "/spec/replica", "value": 60}]\n',
};

test.for([
  ['block', ['2:9 unknown field "replica"', '5:9 unknown field "terminationGrace"']],
  ['behind', ['3:9 unknown field "replica"']],
  ['flow', ['1:20 unknown field "replica"']],
  ['json', ['1:24 unknown field "replica"']],
] as const)('a key in an operation is told at its path: %s', async ([name, expected]) => {
  const { findings } = await check({
    'app/kustomization.yaml': `resources: [deployment.yaml]
patches:
  - path: patch.yaml
    target: { kind: Deployment }
`,
    'app/deployment.yaml': deployment,
    'app/patch.yaml': operations[name],
  });
  const own = findings.filter(({ location }) => location.file === 'app/patch.yaml');
  expect(places(own)).toEqual(expected);
});

test('a key in a component is told at the line that says it', async () => {
  const { text } = await check({
    'app/kustomization.yaml': 'resources: [deployment.yaml]\ncomponents: [../grace]\n',
    'app/deployment.yaml': deployment,
    'grace/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
  - target: { kind: Deployment }
    patch: |-
      - op: add
        path: /spec/template/spec/terminationGracePeriod
        value: 60
`,
  });
  expect(text).toContain(`grace/kustomization.yaml

  7:15 error: unknown field "terminationGracePeriod"
    7 | path: /spec/template/spec/terminationGracePeriod
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`);
});

test('what is said of a value stays there', () => {
  const at = (line: string, column: number, message: string) =>
    atBlamedKey({ file: 'a.yaml', line: 1, column }, message, [line]).column;
  expect(at('  image: nginx', 10, 'image "nginx" has no tag')).toBe(10);
  expect(at('  web: web', 8, 'nothing is named "web"')).toBe(8);
  expect(at('  web: web', 8, 'unknown field "web"')).toBe(3);
  expect(at('  cpu: 1', 8, 'no value is quoted')).toBe(8);
  expect(at('', 8, 'unknown field "web"')).toBe(8);
  expect(at("  'it''s': 1", 12, 'unknown field "it\'s"')).toBe(3);
});
