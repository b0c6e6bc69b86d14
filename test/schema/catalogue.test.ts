import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'rolldown/utils';
import { describe, expect, test } from 'vitest';
import { kubernetesVersions, schemasFolder } from '../../scripts/schema/catalogue.ts';
import { pluralOf } from '../../scripts/schema/generate/crd-sources.ts';
import { ecmaPattern } from '../../scripts/schema/generate/ecma-pattern.ts';
import { builtInResources, crdResources } from '../../scripts/schema/resources.ts';
import { loadValidators } from '../../scripts/schema/validators.ts';

function read(path: string): never {
  return JSON.parse(readFileSync(join(schemasFolder, path), 'utf8')) as never;
}

describe.for(kubernetesVersions)('Kubernetes %s', (kubernetes) => {
  const resources = builtInResources(kubernetes);
  const kinds = Object.entries(resources).flatMap(([apiVersion, own]) =>
    Object.keys(own).map((kind) => ({ apiVersion, kind })),
  );

  test('every kind has a compiled check and the file that kubeconform asks for', async () => {
    const { problemsOf } = await loadValidators({ kinds, kubernetes });
    const folder = `v${kubernetes}.0-standalone-strict`;
    const { definitions } = read(`${folder}/_definitions.json`) as { definitions: object };
    expect(kinds.length).toBeGreaterThan(140);
    for (const { apiVersion, kind } of kinds) {
      expect(problemsOf({ apiVersion, kind }), `${apiVersion} ${kind}`).toBeDefined();
      const [group = '', version] = apiVersion.includes('/')
        ? apiVersion.split('/')
        : ['', apiVersion];
      const parts = [kind, group.split('.')[0], version].filter(Boolean);
      const file = `${folder}/${parts.join('-').toLowerCase()}.json`;
      const { $ref } = read(file) as { $ref: string };
      expect(definitions).toHaveProperty([$ref.replace('_definitions.json#/definitions/', '')]);
    }
  });

  test('objects of every kind may have unknown fields nowhere at the top', async () => {
    const { problemsOf } = await loadValidators({ kinds, kubernetes });
    for (const { apiVersion, kind } of kinds) {
      const problems = problemsOf({ apiVersion, kind, zzUnknown: 1 });
      expect(problems?.map(({ message }) => message)).toContain('unknown field "zzUnknown"');
    }
  });
});

test('every custom kind has a compiled check and a file', async () => {
  const kinds = Object.entries(crdResources()).flatMap(([apiVersion, own]) =>
    Object.keys(own).map((kind) => ({ apiVersion, kind })),
  );
  const { problemsOf } = await loadValidators({ kinds });
  for (const { apiVersion, kind } of kinds) {
    expect(problemsOf({ apiVersion, kind }), `${apiVersion} ${kind}`).toBeDefined();
    const [group = '', version = ''] = apiVersion.split('/');
    const file = `crds/${group}/${kind.toLowerCase()}_${version}.json`;
    expect(existsSync(join(schemasFolder, file)), file).toBe(true);
  }
});

test('every reference between definitions leads somewhere', () => {
  const files = globSync('{v*,crds/*}/_definitions.json', { cwd: schemasFolder });
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const text = readFileSync(join(schemasFolder, file), 'utf8');
    const { definitions } = JSON.parse(text) as { definitions: Record<string, unknown> };
    for (const [, name = ''] of text.matchAll(/"\$ref":"#\/definitions\/(\w+)"/g)) {
      expect(definitions[name], `${name} in ${file}`).toBeDefined();
    }
  }
});

/** The generator compares both packages; here it is only made sure that they agreed. */
test('the two packages that describe Kubernetes agree', () => {
  const provenance = read('compiled/provenance.json') as Record<string, { agreement?: Agreement }>;
  const compared = Object.values(provenance).flatMap(({ agreement }) => agreement ?? []);
  expect(compared).toHaveLength(1);
  const [{ structs, fields, missing, requiredDiffers, typeDiffers }] = compared as [Agreement];
  expect(structs).toBeGreaterThan(500);
  expect(fields).toBeGreaterThan(2000);
  expect({ missing, requiredDiffers }).toEqual({ missing: [], requiredDiffers: [] });
  // Free-form values, which one of them knows to be objects.
  expect(typeDiffers.length).toBeLessThan(15);
});

interface Agreement {
  readonly structs: number;
  readonly fields: number;
  readonly missing: readonly string[];
  readonly requiredDiffers: readonly string[];
  readonly typeDiffers: readonly string[];
}

test('what is generated names no address and no time of its making', () => {
  const text = readFileSync(join(schemasFolder, 'compiled/provenance.json'), 'utf8');
  expect(text).not.toMatch(/https?:|\d{4}-\d\d-\d\d/);
});

test('the compiled checks call the functions as they are now', () => {
  const source = readFileSync(join(schemasFolder, '../scripts/schema/checks.ts'), 'utf8');
  const copy = readFileSync(join(schemasFolder, 'compiled/checks.js'), 'utf8');
  expect(copy.trim()).toBe(transformSync('checks.ts', source).code.trim());
});

test('patterns in either case become ones for JavaScript', () => {
  expect(ecmaPattern('^[a-z]+$')).toBe('^[a-z]+$');
  expect(ecmaPattern('^(?i)(ab|c)?$')).toBe('^([Aa][Bb]|[Cc])?$');
  expect(ecmaPattern('^((?i)a|\\d)b$')).toBe('^([Aa]|\\d)b$');
});

test('plurals are those of CRDs', () => {
  const kinds = ['GatewayClass', 'ImagePolicy', 'Gateway', 'Prometheus', 'XMesh', 'Rollout'];
  expect(kinds.map(pluralOf)).toEqual([
    'gatewayclasses',
    'imagepolicies',
    'gateways',
    'prometheuses',
    'xmeshes',
    'rollouts',
  ]);
});
