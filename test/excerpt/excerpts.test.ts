import { expect, test } from 'vitest';
import { openExcerpts } from '../../scripts/excerpt/excerpts.ts';
import { type Finding, type Repository, validate } from '../../scripts/index.ts';
import { findingOf } from '../report/reports.ts';
import { makeRepository } from '../repository.ts';

/** In every place where people put secrets; each holds `Kanarie`. */
const files = {
  'app/kustomization.yaml': `namespace: shop
resources:
  - all.yaml
secretGenerator:
  - name: generated
    literals:
      - db=Kanarie01Zonnebloem
patches:
  - path: patch.yaml
    target: { kind: Secret, name: plain }
`,
  'app/patch.yaml': `- op: add
  path: /stringData/first
  value: Kanarie02Zonnebloem
- op: add
  path: /metadata/annotations
  value: { password: Kanarie03Zonnebloem }
`,
  'app/all.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: plain
stringData:
  first: Kanarie04Zonnebloem # Kanarie05Zonnebloem
  second: |
    Kanarie06Zonnebloem
data: { third: S2FuYXJpZTA3Wm9ubmVibG9lbQ== }
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  url: postgres://shop:Kanarie08Zonnebloem@db:5432/shop
  settings.ini: |
    host = db
    password = Kanarie09Zonnebloem
    {"api_key": "Kanarie10Zonnebloem"}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: two
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: nginx
          args: [--password=Kanarie11Zonnebloem]
          env:
            - name: DB_PASSWORD
              value: Kanarie12Zonnebloem
            - value: "Kanarie13Zonnebloem"
              name: API_TOKEN
            - { name: ADMIN_PASSWORD, value: Kanarie14Zonnebloem }
            - name: ORDINARY
              value: shown # password Kanarie15Zonnebloem
`,
};

async function check(): Promise<{ findings: readonly Finding[]; repository: Repository }> {
  let repository: Repository | undefined;
  const { findings } = await validate({
    root: makeRepository(files),
    onRepository: (checked) => {
      repository = checked;
    },
  });
  if (!repository) throw new Error('nobody was told what was checked');
  return { findings, repository };
}

test('no excerpt of any line or field shows a secret', async () => {
  const { findings, repository } = await check();
  expect(findings.filter(({ rule }) => rule.startsWith('secrets/')).length).toBeGreaterThan(5);
  const everyLine = repository.sources.flatMap(({ path, text }) =>
    text
      .split('\n')
      .map((_, index) =>
        findingOf({ rule: 'schema/valid', location: { file: path, line: index + 1, column: 1 } }),
      ),
  );
  const everyField = repository.rendered.flatMap(({ manifests }) =>
    manifests.flatMap(({ apiVersion, kind, namespace, name, data }) =>
      pointersTo(data).map((path) =>
        findingOf({
          rule: 'schema/valid',
          object: { apiVersion, kind, name, ...(namespace && { namespace }) },
          path,
          targets: ['app'],
        }),
      ),
    ),
  );
  expect(everyField.length).toBeGreaterThan(50);
  const all = [...findings, ...everyLine, ...everyField];
  const excerptOf = openExcerpts(repository, findings);
  const excerpts = all.map(excerptOf);
  expect(excerpts.filter(({ source }) => source).length).toBeGreaterThan(50);
  expect(excerpts.filter(({ rendered }) => rendered).length).toBeGreaterThan(50);
  const text = JSON.stringify(excerpts);
  expect(text).not.toMatch(/Kanarie|S2FuYXJpZ/);
  expect(text).toContain('***');
});

function pointersTo(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, item]) => pointersTo(item, `${at}/${key}`))];
}

test('the written line is shown with what is at fault, and the field as it was rendered', async () => {
  const { findings, repository } = await check();
  const finding = findings.find(({ message }) => message.includes('"two"'));
  const { source, rendered } = finding ? openExcerpts(repository, findings)(finding) : {};
  expect(source?.text.slice(source.start - 1, source.end - 1)).toBe('two');
  expect(source?.text).toBe('  replicas: two');
  expect(rendered?.target).toBe('app');
  expect(rendered?.lines[rendered.marked]).toBe('  replicas: two');
  expect(rendered?.lines).toContain('  namespace: shop');
});

test('values that are no secrets stay', async () => {
  const { findings, repository } = await check();
  const lines = files['app/all.yaml'].split('\n');
  const line = lines.findIndex((one) => one.includes('value: shown')) + 1;
  const finding = findingOf({ location: { file: 'app/all.yaml', line, column: 22 } });
  expect(openExcerpts(repository, findings)(finding).source?.text).toBe(
    '              value: shown',
  );
});

test('a place that is not in the file shows nothing', async () => {
  const { findings, repository } = await check();
  const excerptOf = openExcerpts(repository, findings);
  for (const location of [
    { file: 'app/all.yaml', line: 9999, column: 1 },
    { file: '../etc/passwd', line: 1, column: 1 },
    { file: '', line: 1, column: 1 },
  ]) {
    expect(excerptOf(findingOf({ location })).source).toBeUndefined();
  }
});

test('a comment that suppresses wrongly is shown, and nothing that stands before it', async () => {
  const line = '  password: Kanarie20Zonnebloem # presync-ignore secrets/none: tried';
  const root = makeRepository({
    'app/kustomization.yaml': 'resources: [map.yaml]\n',
    'app/map.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: map\ndata:\n${line}\n`,
  });
  let repository: Repository | undefined;
  const { findings } = await validate({ root, onRepository: (found) => (repository = found) });
  const finding = findings.find(({ rule }) => rule === 'suppressions/known');
  if (!repository || !finding) throw new Error('nothing was found');
  const text = '# presync-ignore secrets/none: tried';
  const { source } = openExcerpts(repository, findings)(finding);
  expect(source).toEqual({ text, start: 1, end: text.length + 1 });
});
