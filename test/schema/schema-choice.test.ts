import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { toSource } from '../../scripts/discover/sources.ts';
import { validate } from '../../scripts/pipeline.ts';
import { howToGetKubeconform, kubeconformVersion } from '../../scripts/schema/kubeconform.ts';
import type { SchemaChoice } from '../../scripts/schema/schema-choice.ts';
import type { ValidateOptions } from '../../scripts/validate-options.ts';
import { makeRepository, root } from '../repository.ts';

const widget = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'a' }, size: 1 };
const wrong = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, dat: {} };
const text = [widget, wrong].map((one) => stringify(one)).join('---\n');

function crd(type: string) {
  return stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      names: { kind: 'Widget', plural: 'widgets' },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { size: { type } } } },
        },
      ],
    },
  });
}

const folder = makeRepository({
  'integer/widget.yaml': crd('integer'),
  'text/widget.yaml': crd('string'),
  'broken/widget.yaml': 'kind: CustomResourceDefinition\nkind: again\n',
});

async function told(schemas: SchemaChoice, options: Partial<ValidateOptions> = {}) {
  const report = await validate({
    root: makeRepository({}),
    given: [toSource('stdin', text)],
    selectRule: ({ id }) => id === 'schema/valid',
    schemas,
    ...options,
  });
  const findings = report.findings.map(
    ({ severity, message, location }) => `${location.line} ${severity} ${message}`,
  );
  return { findings, notChecked: report.notChecked };
}

const unknownField = '11 error unknown field "dat"';

test('kinds without a schema are named, and findings when that is asked for', async () => {
  expect(await told({})).toEqual({
    findings: [unknownField],
    notChecked: ['example.com/v1/Widget'],
  });
  const { findings } = await told({ unknownKinds: 'warning' });
  expect(findings).toEqual([
    '2 warning no schema is known for example.com/v1 Widget',
    unknownField,
  ]);
});

test.for([['ConfigMap'], ['v1/ConfigMap']])('nothing is told of skipped %s', async (skip) => {
  expect(await told({ skip })).toEqual({ findings: [], notChecked: ['example.com/v1/Widget'] });
  expect((await told({ skip: ['apps/v1/ConfigMap'] })).findings).toEqual([unknownField]);
});

test('rejected kinds are findings, unless they are skipped', async () => {
  const reject = ['Widget', 'ConfigMap'];
  expect(await told({ reject, skip: ['ConfigMap'] })).toEqual({
    findings: ['2 error kind "Widget" is rejected'],
    notChecked: [],
  });
});

describe('CRDs from elsewhere', () => {
  const path = (name: string) => join(folder, name);

  test('win over the catalogue, a later folder over an earlier one', async () => {
    expect(await told({ crds: [path('integer')] })).toEqual({
      findings: [unknownField],
      notChecked: [],
    });
    const both = await told({ crds: [path('integer'), path('text/widget.yaml')] });
    expect(both.findings).toEqual([
      '5 error size must be a string, not the number 1',
      unknownField,
    ]);
  });

  test('give way to the repository’s own', async () => {
    const given = [toSource('stdin', `${text}---\n${crd('integer')}`)];
    const { findings } = await told({ crds: [path('text')] }, { given });
    expect(findings).toEqual([unknownField]);
  });

  test('that are not there or no YAML stop the run', async () => {
    await expect(told({ crds: [path('none')] })).rejects.toThrow('it does not exist');
    await expect(told({ crds: [path('broken')] })).rejects.toThrow('widget.yaml:2 is no YAML');
  });
});

test('files can be left out by their path', async () => {
  const broken = stringify(wrong);
  const options = {
    root: makeRepository({ 'app/a.yaml': broken, 'app/draft-b.yaml': broken }),
    paths: ['app'],
    selectRule: ({ id }: { id: string }) => id === 'schema/valid',
  };
  const { findings } = await validate({ ...options, ignoreFiles: [/draft-/] });
  expect(findings.map(({ location }) => location.file)).toEqual(['app/a.yaml']);
});

describe('the real kubeconform', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('is asked for by name where it is not installed', async () => {
    vi.stubEnv('PRESYNC_KUBECONFORM', '/nowhere/kubeconform');
    await expect(told({ engine: 'kubeconform' })).rejects.toThrow(
      `kubeconform is not installed; get it with: ${howToGetKubeconform}`,
    );
  });

  test('that says something else than a report is a misuse', async () => {
    const program = join(
      makeRepository({ kubeconform: '#!/bin/sh\necho no >&2\nexit 1\n' }),
      'kubeconform',
    );
    chmodSync(program, 0o755);
    vi.stubEnv('PRESYNC_KUBECONFORM', program);
    await expect(told({ engine: 'kubeconform' })).rejects.toThrow('kubeconform failed: no');
  });

  test('that reports has its words located like ours, without values', async () => {
    const at =
      "at '': validation failed   - at '/metadata/name': 'hunter2' does not match pattern 'x'";
    const report = {
      resources: [
        { filename: '/tmp/x/1.json', status: 'statusInvalid', msg: `failed - ${at}` },
        {
          filename: '/tmp/x/0.json',
          status: 'statusError',
          msg: 'could not find schema for Widget',
        },
      ],
    };
    const script = `#!/bin/sh\n/bin/cat <<'END'\n${JSON.stringify(report)}\nEND\nexit 1\n`;
    const program = join(makeRepository({ kubeconform: script }), 'kubeconform');
    chmodSync(program, 0o755);
    vi.stubEnv('PRESYNC_KUBECONFORM', program);
    expect(await told({ engine: 'kubeconform' })).toEqual({
      findings: ["10 error kubeconform: the value does not match pattern 'x'"],
      notChecked: ['example.com/v1/Widget'],
    });
  });

  test('is the same one everywhere', () => {
    const go = `github.com/yannh/kubeconform/cmd/kubeconform@${kubeconformVersion}`;
    for (const file of ['.ci/run', 'schemas/kubeconform.md']) {
      expect(readFileSync(join(root, file), 'utf8')).toContain(go);
    }
  });
});
