import { describe, expect, test } from 'vitest';
import { makeRepository, root } from '../repository.ts';
import { run } from './run.ts';

const pod =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx\n';

/** A repository with one finding, configured so. */
function configured(config: string, name = 'presync.config.mjs'): string {
  return makeRepository({
    'app/kustomization.yaml': 'resources: [pod.yaml]\n',
    'app/pod.yaml': pod,
    [name]: config,
  });
}

describe('levels', () => {
  test.for([
    ['off', 0, 'No findings in'],
    ['note', 0, '1 note in'],
    ['warning', 0, '1 warning in'],
    ['error', 1, '1 error in'],
  ] as const)('%s', async ([level, exit, told]) => {
    const cwd = configured(`export default { rules: { 'images/pinned-tag': '${level}' } };`);
    const { code, out } = await run(cwd, 'validate');
    expect(out).toContain(told);
    expect(code).toBe(exit);
    const { out: listed } = await run(cwd, 'rules');
    expect(listed).toMatch(new RegExp(`^images/pinned-tag +${level}$`, 'm'));
    const { rules } = JSON.parse((await run(cwd, 'rules', '--reporter', 'json')).out);
    expect(rules.find(({ id }: { id: string }) => id === 'images/pinned-tag')).toMatchObject({
      level,
      severity: 'error',
    });
  });

  test('a rule that is off is applied when it is asked for by name', async () => {
    const cwd = configured("export default { rules: { 'images/pinned-tag': 'off' } };");
    expect((await run(cwd, 'validate', '--only', 'images/pinned-tag')).code).toBe(1);
    expect((await run(cwd, 'validate', '--only', 'images')).code).toBe(0);
  });

  test('failOn decides unless --fail-on does', async () => {
    const cwd = configured(
      "export default { failOn: 'note', rules: { 'images/pinned-tag': 'note' } };",
    );
    expect((await run(cwd, 'validate')).code).toBe(1);
    expect((await run(cwd, 'validate', '--fail-on', 'error')).code).toBe(0);
  });
});

describe('options', () => {
  const moving = (options: string, tag: string) =>
    makeRepository({
      'app/kustomization.yaml': 'resources: [pod.yaml]\n',
      'app/pod.yaml': pod.replace('nginx', `nginx:${tag}`),
      'presync.config.mjs': `export default { rules: { 'images/pinned-tag': ['warning', ${options}] } };`,
    });

  test.for([
    ['{}', 'edge', '1 warning in'],
    ['{ allowedTags: ["edge"] }', 'edge', 'No findings in'],
    ['{ allowedTags: ["edge"] }', 'main', '1 warning in'],
    ['{ movingTags: ["stable"] }', 'stable', '1 warning in'],
    ['{}', 'stable', 'No findings in'],
  ] as const)('%s of a rule about tags, for %s', async ([options, tag, told]) => {
    expect((await run(moving(options, tag), 'validate')).out).toContain(told);
  });

  test.for([
    ['{ longestInterval: "24h" }', '48h', 'refreshInterval "48h" is longer than 24h'],
    ['{ longestInterval: "24h" }', '24h', 'No findings in'],
    ['{}', '48h', 'No findings in'],
  ] as const)('%s of a rule about refreshing, for %s', async ([options, interval, told]) => {
    const cwd = makeRepository({
      'app/kustomization.yaml': 'resources: [secret.yaml]\n',
      'app/secret.yaml': `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: db\nspec:\n  refreshInterval: ${interval}\n  secretStoreRef:\n    name: vault\n  dataFrom:\n    - extract:\n        key: db\n`,
      'presync.config.mjs': `export default { rules: { 'external-secrets/refreshed': ['error', ${options}] } };`,
    });
    const { out } = await run(cwd, 'validate', '--only', 'external-secrets/refreshed');
    expect(out).toContain(told);
  });

  test('are told by explain and by the list of rules', async () => {
    const cwd = configured('export default {};');
    const { out } = await run(cwd, 'explain', 'images/pinned-tag');
    expect(out).toContain('allowedTags: tags that may stay although they move');
    const { rules } = JSON.parse((await run(cwd, 'rules', '--reporter', 'json')).out);
    const { options } = rules.find(({ id }: { id: string }) => id === 'images/pinned-tag');
    expect(Object.keys(options)).toEqual(['movingTags', 'allowedTags']);
  });

  test('reach a custom rule that declares them', async () => {
    const cwd = configured(`const rule = (most) => ({
      id: 'acme/short-name', scope: 'manifest', severity: 'error', summary: 'Ours.', why: 'Why.',
      fix: 'Fix.', docs: 'https://example.com/rules',
      options: { most: { summary: 'characters', fault: (value) => value > 0 ? undefined : 'must be a number' } },
      configure: (options) => rule(options.most),
      *check(manifest) {
        if (manifest.name.length > most) yield { manifest, path: ['metadata', 'name'], message: 'longer than ' + most };
      },
    });
    export default { customRules: [rule(9)], rules: { 'acme/short-name': ['error', { most: 2 }] } };`);
    expect((await run(cwd, 'validate')).out).toContain('longer than 2');
  });
});

test.for([
  [
    '{ rules: { "images/pinned-tag": ["error", { alowedTags: [] }] } }',
    'rules["images/pinned-tag"] in the configuration: no option "alowedTags"; did you mean "allowedTags"?',
  ],
  [
    '{ rules: { "images/pinned-tag": ["error", { allowedTags: "edge" }] } }',
    'allowedTags must be a list of texts',
  ],
  [
    '{ rules: { "external-secrets/refreshed": ["error", { longestInterval: "1d" }] } }',
    'longestInterval must be a duration such as "24h"',
  ],
  [
    '{ rules: { "schema/valid": ["error", { strict: true }] } }',
    'the rule takes no options, and so not "strict"',
  ],
  ['{ rules: { "images/pinned-tag": ["error"] } }', 'must be a level, or [level, options]'],
  ['{ rules: { "images/pinned-tag": ["eror", {}] } }', 'did you mean "error"?'],
  ['{ ingore: [] }', 'unknown field "ingore"; did you mean "ignore"?'],
  ['{ ignore: "test" }', 'ignore must be a list of folders'],
  ['{ ignore: ["../x"] }', 'ignore[0] names "../x", which is outside the repository'],
  ['{ rules: { "images/pinned-tag": "warn" } }', 'must be one of off, error, warning, note'],
  ['{ rules: { "images/pined-tag": "off" } }', 'did you mean "images/pinned-tag"?'],
  ['{ rules: { "render/builds": "off" } }', 'render/builds cannot be off'],
  ['{ failOn: "errors" }', 'failOn must be one of error, warning, note; did you mean "error"?'],
  ['{ reporters: ["jsn"] }', 'did you mean "json"?'],
  ['{ references: [{ from: { kind: "A" } }] }', 'references[0].from.field is missing'],
  ['{ references: [{ from: { kind: "A", feild: "b" } }] }', 'did you mean "field"?'],
  ['{ customRules: [{ id: "x" }] }', 'customRules[0].id must be a group and a name'],
  ['{ baseline: "b.json" }', 'there is no baseline b.json'],
  [
    '{ customRules: [{ id: "a/b", scope: "manifest", severity: "note", summary: "", why: "", fix: "", docs: "", check() {}, options: {} }] }',
    'customRules[0] (a/b): configure must be a function, for the rule has options',
  ],
  ['{ rules: { images: "off" } }', '"images" is a group; the configuration gives levels to'],
  [
    '{ clusters: { home: "nope" } }',
    'clusters["home"] in the configuration names "nope", which does not',
  ],
  ['[]', 'must export a configuration as its default'],
] as const)('%s is told', async ([config, message]) => {
  const { code, error } = await run(configured(`export default ${config};`), 'validate');
  expect(error).toContain(message);
  expect(code).toBe(2);
});

describe('custom rules', () => {
  const rule = (check: string, id = 'acme/no-default-image') =>
    `import { defineConfig, defineRule } from '${root}/scripts/index.ts';
const rule = defineRule({
  id: '${id}', scope: 'manifest', severity: 'warning', summary: 'Ours.', why: 'Why.', fix: 'Fix.',
  docs: 'https://example.com/rules',
  *check(manifest) { ${check} },
});
export default defineConfig({ customRules: [rule], rules: { '${id}': 'error' } });
`;
  const file = 'presync.config.ts';

  test('are applied, listed, explained and suppressed like any other', async () => {
    const cwd = configured(
      rule(
        "yield { manifest, path: ['metadata', 'name'], message: 'name ' + manifest.name + ' is taken' };",
      ),
      file,
    );
    const { out, code } = await run(cwd, 'validate', '--only', 'acme');
    expect(out).toContain('name web is taken');
    expect(out).toContain('4:9');
    expect(code).toBe(1);
    expect((await run(cwd, 'rules')).out).toContain('acme/no-default-image');
    expect((await run(cwd, 'explain', 'acme/no-default-image')).out).toContain('error here');
  });

  test('that fail are the team’s to mend', async () => {
    const { code, error } = await run(
      configured(rule("throw new Error('no such field');"), file),
      'validate',
    );
    expect(error).toBe('error: the custom rule acme/no-default-image failed: no such field\n');
    expect(code).toBe(2);
  });

  test('cannot take the name of another', async () => {
    const { error } = await run(configured(rule('', 'images/pinned-tag'), file), 'validate');
    expect(error).toContain('there is another rule images/pinned-tag');
  });
});

test('clusters are where the configuration says', async () => {
  const cwd = makeRepository({
    'presync.config.mjs': "export default { clusters: { home: 'k8s/home' } };",
    'k8s/home/web.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: web\n  namespace: flux-system\nspec:\n  interval: 1h\n  prune: true\n  path: ./app\n  sourceRef:\n    kind: GitRepository\n    name: flux-system\n',
    'app/kustomization.yaml': 'resources: [pod.yaml]\n',
    'app/pod.yaml': pod,
  });
  const { out } = await run(cwd, 'validate', '--cluster', 'home', '--reporter', 'json');
  expect(JSON.parse(out).findings).toMatchObject([{ clusters: ['home'], targets: ['app'] }]);
});

test('explain shows a bad and a good example of every rule with fixtures', async () => {
  const { rules } = JSON.parse((await run(root, 'rules', '--reporter', 'json')).out);
  for (const { id } of rules) {
    const { out } = await run(root, 'explain', id);
    expect(out, id).toContain('\nBad:\n');
    expect(out, id).toContain('\nGood:\n');
  }
});
