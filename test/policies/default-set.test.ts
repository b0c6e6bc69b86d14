import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { recordAt, textAt, valueAt } from '../../scripts/kubernetes/fields.ts';
import { compilePolicy } from '../../scripts/policy/compile-policy.ts';
import { exceptionsText, parseExceptions } from '../../scripts/policy/exceptions.ts';
import { readTests } from '../../scripts/policy/testing/read-tests.ts';
import { runTests } from '../../scripts/policy/testing/run-tests.ts';
import { resourceOf } from '../../scripts/schema/resources.ts';
import { ofKind, readEnvironments } from '../clusters/environments.ts';
import { root } from '../repository.ts';

const folder = join(root, 'policies/base');
const names = readdirSync(folder).filter((name) => !name.includes('.'));
const environments = await readEnvironments();
const label = 'policy.presync.dev/enforced';
/** The only one that is about what is in no app's namespace; it never denies. */
const ofArgo = 'argo-automated-sync-pinned';

function read(path: string): string {
  return readFileSync(join(root, 'policies', path), 'utf8');
}

test('every folder is a policy with its binding and its tests, and is synced', () => {
  expect(names.length).toBeGreaterThan(30);
  const wanted = names.flatMap((name) => [`${name}/policy.yaml`, `${name}/binding.yaml`]);
  expect(parse(read('base/kustomization.yaml')).resources).toEqual(['namespace.yaml', ...wanted]);
  const files = globSync('*/*', { cwd: folder }).sort();
  expect(files).toEqual([...wanted, ...names.map((name) => `${name}/tests.yaml`)].sort());
});

describe.for(names)('%s', (name) => {
  const { metadata, spec } = parse(read(`base/${name}/policy.yaml`));
  const binding = parse(read(`base/${name}/binding.yaml`));

  test('compiles for every cluster, says what it is for and what is wrong', () => {
    for (const { cluster } of environments) {
      expect(compilePolicy(spec, cluster.kubernetes).problems).toEqual([]);
    }
    expect(metadata.name).toBe(name);
    expect(metadata.annotations['kubernetes.io/description']).toMatch(/^[A-Z].*\.$/s);
    expect(spec.failurePolicy).toBe('Fail');
    for (const { message } of spec.validations) expect(message).toMatch(/^[^\n]*[^.\s]$/);
  });

  test('decides its cases, each validation and condition both ways', () => {
    const cases = readTests(read(`base/${name}/tests.yaml`), name);
    const result = runTests(spec, cases, (version, kind) => resourceOf(version, kind), '1.34');
    const faults = result.cases.flatMap((one) => (one.fault ? [`${one.name}: ${one.fault}`] : []));
    expect([...faults, ...result.unseen]).toEqual([]);
  });

  test('can be excepted from, under its own name', () => {
    const [condition] = spec.matchConditions;
    expect(condition.name).toBe('not-excepted');
    expect(condition.expression).toContain(`line == '${name} '`);
  });

  test('is bound to namespaces with the label, with the parameters', () => {
    expect(binding.metadata.name).toBe(name);
    expect(binding.spec).toMatchObject({
      policyName: name,
      paramRef: {
        name: 'policy-params',
        namespace: 'policy-system',
        parameterNotFoundAction: 'Deny',
      },
    });
    const selected = binding.spec.matchResources.namespaceSelector.matchLabels;
    if (name !== ofArgo) expect(selected).toEqual({ [label]: 'true' });
    else {
      expect(selected).toEqual({ 'kubernetes.io/metadata.name': 'argocd' });
      expect(binding.spec.validationActions).not.toContain('Deny');
    }
  });
});

describe.for(environments)('in $name', ({ name, manifests, at }) => {
  const rendered = at(`policies/environments/${name}`);
  const [params] = ofKind(rendered, 'ConfigMap');

  test('the actions are those of the table in README.md', () => {
    const column = ['dev', 'staging', 'prod'].indexOf(name) + 1;
    const table = [...read('README.md').matchAll(/^\| `([\w-]+)` +\|(.*)\|(.*)\|(.*)\|$/gm)]
      .filter(([, policy]) => names.includes(policy ?? ''))
      .map((row) => [row[1], row[column + 1]?.trim()]);
    const actions = ofKind(rendered, 'ValidatingAdmissionPolicyBinding').map((one) => [
      one.name,
      (valueAt(one.data, ['spec', 'validationActions']) as string[]).join(', '),
    ]);
    expect(actions.sort()).toEqual(table.sort());
    expect(actions.map(([policy]) => policy)).toEqual([...names].sort());
  });

  test('a policy has every parameter that it reads, and no other is there', () => {
    const specs = ofKind(rendered, 'ValidatingAdmissionPolicy').map(({ data }) =>
      JSON.stringify(data.spec),
    );
    const used = specs.flatMap((text) =>
      [...text.matchAll(/params\.data\.(\w+)/g)].map(([, key]) => key),
    );
    const given = Object.keys(recordAt(params?.data, ['data']));
    expect(given.sort()).toEqual([...new Set([...used, 'exceptions'])].sort());
  });

  test('the cluster is told of the exceptions that are recorded for it', () => {
    const exceptions = parseExceptions(read('exceptions.yaml'));
    expect(textAt(params?.data, ['data', 'exceptions'])).toBe(exceptionsText(exceptions, name));
  });

  test('apps are in namespaces with the label, and the platform is not', () => {
    const labelled = ofKind(manifests, 'Namespace')
      .filter(({ data }) => textAt(data, ['metadata', 'labels', label]) === 'true')
      .map((one) => one.name);
    expect(labelled).toEqual(
      expect.arrayContaining(['ai-assistant', 'grading-system', 'pdf-processing', 'suoke-life']),
    );
    for (const one of ['policy-system', 'monitoring', 'ingress-nginx', 'argocd']) {
      expect(labelled).not.toContain(one);
    }
  });
});
