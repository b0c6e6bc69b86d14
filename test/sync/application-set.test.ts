import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readYaml } from '../../scripts/kubernetes/yaml.ts';
import { placeOf } from '../../scripts/sync/place-of.ts';
import { readApplication } from '../../scripts/sync/read-application.ts';
import { expandSet, manifestIn, type Surroundings, setWith, told } from './expand-set.ts';

/** One ApplicationSet: the lines of `spec`, what its template says, and what comes of it. */
interface Case extends Surroundings {
  readonly title: string;
  readonly spec: string;
  readonly name: string;
  readonly path: string;
  readonly expected: readonly string[];
}

const folder = join(import.meta.dirname, 'application-sets');
const files = read('files.yaml') as Readonly<Record<string, string>>;
const cases = readdirSync(folder)
  .filter((file) => file !== 'files.yaml')
  .sort()
  .flatMap((file) =>
    (read(file) as Case[]).map((one) => ({ ...one, theme: file.replace('.yaml', '') })),
  );

function read(file: string): unknown {
  const { documents, problems } = readYaml(readFileSync(join(folder, file), 'utf8'), file);
  expect(problems).toEqual([]);
  return documents[0];
}

test('there are as many cases as promised', () => {
  expect(cases.length).toBeGreaterThanOrEqual(80);
});

test.for(cases)('$theme: $title', ({ theme, spec, name, path, expected, ...surroundings }) => {
  const around = { ...(theme === 'git' && { files }), ...surroundings };
  expect(told(expandSet(setWith(spec, name, path), around))).toEqual(expected);
});

const elements = 'generators: [{ list: { elements: [{ env: dev }] } }]';

test('an Application is as the controller creates it', () => {
  const { applications } = expandSet(setWith(elements, 'web-{{env}}'));
  expect(applications[0]?.manifest).toMatchObject({ name: 'web-dev', namespace: 'argocd' });
  expect(applications[0]?.manifest.data.metadata).toEqual({
    name: 'web-dev',
    namespace: 'argocd',
    finalizers: ['resources-finalizer.argocd.argoproj.io'],
  });
});

test('there is no finalizer when resources are preserved', () => {
  const spec = `${elements}\nsyncPolicy: { preserveResourcesOnDeletion: true }`;
  const { applications } = expandSet(setWith(spec, 'web'));
  expect(applications[0]?.manifest.data.metadata).not.toHaveProperty('finalizers');
});

test("a generator's template completes the common one, and its lists replace", () => {
  const own = `generators:
- list:
    elements: [{ env: dev }]
    template:
      metadata: { labels: { env: "{{env}}" } }
      spec: { source: { path: own } }`;
  const { applications } = expandSet(setWith(own, 'web'));
  const [first] = applications;
  expect(first?.manifest.data).toMatchObject({
    metadata: { name: 'web', labels: { env: 'dev' } },
    spec: { project: 'default', source: { path: 'own' } },
  });
  expect(first?.generated.templates).toEqual([
    ['spec', 'generators', 0, 'list', 'template'],
    ['spec', 'template'],
  ]);
});

const patching = `goTemplate: true
${elements}
templatePatch: |
  spec:
    source: { path: "{{ .env }}/patched" }
    {{- if eq .env "dev" }}
    syncPolicy: { automated: { prune: true } }
    {{- end }}
    project: null`;

test('templatePatch is filled and merged', () => {
  const { applications, problems } = expandSet(setWith(patching, 'web'));
  expect(problems).toEqual([]);
  expect(applications[0]?.manifest.data.spec).toMatchObject({
    source: { repoURL: 'https://git.example.com/own.git', path: 'dev/patched' },
    syncPolicy: { automated: { prune: true } },
  });
  expect(applications[0]?.manifest.data.spec).not.toHaveProperty('project');
});

test('a templatePatch that is no YAML is told where it stands', () => {
  const spec = `goTemplate: true\n${elements}\ntemplatePatch: "{ {{ .env }}: ["`;
  const { problems } = expandSet(setWith(spec, 'web'));
  expect(problems.map(({ path }) => path)).toEqual([['spec', 'templatePatch']]);
});

test('a problem in a nested generator is told at that generator', () => {
  const spec = `generators:
- matrix:
    generators:
    - list: { elements: [{ a: x }] }
    - list: { elements: [{ a: 1 }] }`;
  const { problems } = expandSet(setWith(spec, 'web'));
  expect(problems.map(({ path }) => path)).toEqual([
    ['spec', 'generators', 0, 'matrix', 'generators', 1, 'list'],
  ]);
});

test('a field of a generated Application is blamed on what says it', () => {
  const [one] = expandSet(setWith(patching, 'web')).applications;
  if (!one) throw new Error('nothing was generated');
  const manifest = manifestIn(setWith(patching, 'web'));
  const unit = readApplication(
    one.manifest,
    { manifest, also: [], generated: one.generated },
    {
      cluster: { name: 'dev' } as never,
      clusters: ['dev'],
      isOwn: () => true,
      sources: new Map(),
      targetsAt: (path) => [path],
      contentsOf: () => undefined,
    },
  );
  expect(placeOf(unit, ['spec', 'source', 'path']).path).toEqual(['spec', 'templatePatch']);
  expect(placeOf(unit, ['spec', 'source', 'repoURL']).path).toEqual([
    'spec',
    'template',
    'spec',
    'source',
    'repoURL',
  ]);
  expect(unit.targets).toEqual(['dev/patched']);
});

const list = (key: string, count: number) =>
  `    - list: { elements: [${Array.from({ length: count }, (_, at) => `{ ${key}: a${at} }`).join(', ')}] }`;
const matrix = (children: readonly string[]) =>
  `generators:\n- matrix:\n    generators:\n${children.join('\n')}`;

test('a matrix is not multiplied without end', () => {
  expect(told(expandSet(setWith(matrix([list('a', 100), list('b', 100)]), '{{a}}{{b}}')))).toEqual([
    'unknown: the generator gives more than 5000 Applications',
  ]);
});

const hostile: readonly (readonly [string, string, string])[] = [
  [
    'loops in loops',
    '{{ range until 900 }}{{ range until 900 }}x{{ end }}{{ end }}',
    'the template takes too long',
  ],
  ['long texts', '{{ repeat 999999999 "x" }}', 'the template writes too much'],
  [
    'nested parentheses',
    `{{ ${'('.repeat(500)}1${')'.repeat(500)} }}`,
    'the template is nested too deeply',
  ],
  ['long templates', `{{ 1 }}${'x'.repeat(200_000)}`, 'the template is too long'],
];

test.for(hostile)('a hostile template ends: %s', ([, template, message]) => {
  const spec = `goTemplate: true\n${elements}`;
  expect(told(expandSet(setWith(spec, 'web', template)))).toEqual([`unknown: ${message}`]);
});

test('an ApplicationSet of odd types is told and not crashed on', () => {
  for (const spec of ['generators: 1', 'generators: [1, null, []]', 'generators: [{ list: 1 }]']) {
    expect(() => expandSet(setWith(spec, 'web'))).not.toThrow();
  }
  const none = manifestIn('apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nspec: 1');
  expect(none.name).toBe('');
  expect(told(expandSet('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }'))).toEqual([]);
});
