import { expect, test } from 'vitest';
import { validate } from '../../../scripts/index.ts';
import { renderTexts } from '../../../scripts/pipeline.ts';
import { makeRepository } from '../../repository.ts';
import { configMap, fluxKustomization, kustomization } from '../engine-repository.ts';

/** A repository in which Flux substitutes variables in one ConfigMap with these entries. */
function repository(
  data: string,
  postBuild: string,
  more: Readonly<Record<string, string>> = {},
): string {
  return makeRepository({
    'apps/web/kustomization.yaml': kustomization(['config.yaml']),
    'apps/web/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  namespace: web
data:
${data}`,
    'clusters/prod/web.yaml': fluxKustomization('web', 'apps/web', `  postBuild:\n${postBuild}`),
    ...more,
  });
}

const eu = '    substitute:\n      REGION: eu\n      COUNT: "3"\n      FLAG: "yes"\n';
const from = (kind: string, name: string, more = '') =>
  `    substituteFrom:\n      - kind: ${kind}\n        name: ${name}\n${more}`;

async function rendered(root: string): Promise<string> {
  const [one] = await renderTexts({ root, paths: ['apps/web'] });
  return one?.text ?? '';
}

async function problems(root: string) {
  const { findings } = await validate({ root });
  return findings
    .filter(({ rule }) => /^(sync|schema|yaml|render)\//.test(rule))
    .map(({ rule, message, location }) => `${location.file}:${location.line} ${rule}: ${message}`);
}

test.for([
  ['a text', '  a: ${REGION}\n', '  a: eu\n'],
  [
    'a part of a text',
    '  a: https://${REGION}.example.com/$x\n',
    '  a: https://eu.example.com/$x\n',
  ],
  ['quotes stay', '  a: "${REGION}: x"\n', "  a: 'eu: x'\n"],
  ['a key', '  ${REGION}: x\n', '  eu: x\n'],
  ['a default', '  a: ${ZONE:-a/b}\n', '  a: a/b\n'],
  ['an escape', '  a: $${REGION}\n', '  a: ${REGION}\n'],
  ['a block', '  a: |\n    one ${REGION}\n    two\n', '  a: |\n    one eu\n    two\n'],
] as const)('%s', async ([, data, expected]) => {
  const root = repository(data, eu);
  expect(await rendered(root)).toContain(expected);
  expect(await problems(root)).toEqual([]);
});

test('a number or boolean in an unquoted place is no text any more', async () => {
  expect(
    await problems(repository('  a: ${COUNT}\n  b: ${FLAG}\n  c: "a ${COUNT}"\n', eu)),
  ).toEqual([
    expect.stringMatching(/^apps\/web\/config\.yaml:7 schema\/valid: .*3/),
    expect.stringMatching(/^apps\/web\/config\.yaml:8 schema\/valid: .*true/),
  ]);
});

test('a value is put into the text, and may break it', async () => {
  const root = repository('  a: ${X}\n', '    substitute:\n      X: "b: c: ["\n');
  expect(await problems(root)).toEqual([
    "apps/web/config.yaml:7 sync/variables-defined: after Flux's substitution the object is no YAML with the values in place",
  ]);
});

test('the object wins over what it refers to, and the later over the earlier', async () => {
  const root = repository(
    '  a: ${A}-${B}-${C}\n',
    `${from('ConfigMap', 'one', '      - kind: ConfigMap\n        name: two\n')}    substitute:\n      C: own\n`,
    {
      'clusters/prod/one.yaml': configMap('one', { A: 'one', B: 'one', C: 'one' }),
      'clusters/prod/two.yaml': configMap('two', { B: 'two', C: 'two' }),
    },
  );
  expect(await rendered(root)).toContain('a: one-two-own\n');
});

test('line breaks in values are left out', async () => {
  const root = repository('  a: x${A}y\n', '    substitute:\n      A: |\n        b\n        c\n');
  expect(await rendered(root)).toContain('a: xbcy\n');
});

test('a variable without a value is told on its line, with the near miss', async () => {
  const root = repository('  a: ${REGIN}\n', eu);
  const { findings } = await validate({ root });
  expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
    {
      rule: 'sync/variables-defined',
      message: 'variable "REGIN" has no value',
      fix: 'Did you mean "REGION"?',
      location: { file: 'apps/web/config.yaml', line: 7 },
      certainty: 'exact',
      clusters: ['prod'],
    },
  ]);
});

test('code of a shell is told to be escaped', async () => {
  const root = repository('  run.sh: |\n    echo ${list[0]} ${other-x}\n', eu);
  const { findings } = await validate({ root });
  const found = findings.find(({ rule }) => rule === 'sync/variables-defined');
  expect(found?.message).toBe('Flux cannot substitute ${list[0]}: no closing brace');
  expect(found?.fix).toContain('`$${list[0]}`');
  expect(found?.fix).toContain('kustomize.toolkit.fluxcd.io/substitute: disabled');
  expect(found?.location).toMatchObject({ file: 'apps/web/config.yaml', line: 7 });
});

test('an object may be left alone', async () => {
  const root = repository('  run.sh: echo ${list[0]} ${REGION}\n', eu, {
    'apps/web/kustomization.yaml': kustomization(
      ['config.yaml'],
      'commonAnnotations:\n  kustomize.toolkit.fluxcd.io/substitute: disabled\n',
    ),
  });
  expect(await rendered(root)).toContain('echo ${list[0]} ${REGION}\n');
  expect(await problems(root)).toEqual([]);
});

test('a name that is none stops everything', async () => {
  const root = repository('  a: b\n', from('ConfigMap', 'vars'), {
    'clusters/prod/vars.yaml': configMap('vars', { 'a.b': 'c' }),
  });
  expect(await problems(root)).toEqual([
    'clusters/prod/vars.yaml:7 sync/variables-defined: "a.b" is no name of a variable, so Flux applies nothing',
  ]);
});

const secret = `apiVersion: v1
kind: Secret
metadata:
  name: vars
  namespace: flux-system
stringData:
  TOKEN: swordfish-canary
sops:
  mac: ENC[AES256_GCM,data:x]
`;

test("a Secret's values are neither read nor judged, and its keys are known", async () => {
  const root = repository(
    '  a: ${TOKEN}\n  b: ${TOKEN:0:5}-${REGION}\n  c: ${OTHER}\n',
    `${from('Secret', 'vars')}${eu}`,
    { 'clusters/prod/vars.yaml': secret },
  );
  const report = await validate({ root });
  const own = report.findings.filter(({ rule }) => rule.startsWith('sync/'));
  expect(own.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
    'sync/variables-defined: variable "OTHER" has no value',
    'sync/applied-as-written: what apps/web renders to depends on Secret flux-system/vars, whose values are not in Git',
  ]);
  expect(JSON.stringify(report)).not.toContain('swordfish');
  const text = await rendered(root);
  expect(text).toContain('a: ${TOKEN}\n');
  expect(text).not.toContain('swordfish');
});

test('of a ConfigMap that is not in Git nothing is claimed', async () => {
  for (const more of ['', '        optional: true\n']) {
    const root = repository('  a: ${ANY}\n  b: ${ANY:-1}\n', from('ConfigMap', 'elsewhere', more));
    expect(await problems(root)).toEqual([
      'clusters/prod/web.yaml:1 sync/applied-as-written: what apps/web renders to depends on ConfigMap flux-system/elsewhere, whose values are not in Git',
    ]);
  }
});

test('a ConfigMap of another namespace is another one', async () => {
  const root = repository('  a: ${REGION}\n', from('ConfigMap', 'vars'), {
    'clusters/prod/vars.yaml': configMap('vars', { REGION: 'eu' }).replace(
      'namespace: flux-system',
      'namespace: other',
    ),
  });
  expect(await rendered(root)).toContain('a: ${REGION}\n');
});
