import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { $ } from 'zx';
import { writeCorpus } from './bench/corpus.ts';
import { type Pairs, timePairs } from './bench/pairs.ts';
import { timePolicies } from './bench/policies.ts';
import { findKustomize, type Kustomize } from './kustomize.ts';

/**
 * Times the bundled CLI against what it replaces, in turn and in one run: this repository
 * against a shell loop, 10,000 resources against kubeconform, and a small file against an
 * empty Node. Without kubeconform the loop only renders, and the second is left out.
 * `npm run bench -- 15` takes 15 rounds.
 */
const rounds = Number(process.argv[2] ?? 7);
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'presync-bench-'));
const $$ = $({ cwd: root, quiet: true });
const free = $$({ nothrow: true });
const node = process.execPath;
const cli = 'dist/cli.js';
const schemas = [
  '-schema-location',
  'schemas/{{.NormalizedKubernetesVersion}}-standalone{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json',
  '-schema-location',
  'schemas/crds/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json',
];
const kubeconform = process.env.PRESYNC_KUBECONFORM || 'kubeconform';
const isInstalled = (await free`${kubeconform} -v`).exitCode === 0;
const strictly = ['-strict', '-ignore-missing-schemas', '-kubernetes-version', '1.36.0'];

await $$`${node} scripts/build.ts`;
await thisRepository();
if (isInstalled) await manyResources();
else console.log('10,000 resources: not compared, for kubeconform is not installed');
await coldStart();
console.log(timePolicies('policies'));

async function thisRepository(): Promise<void> {
  const { summary, targets } = JSON.parse(
    (await free`${node} ${cli} validate --reporter json`).stdout,
  );
  const overlays = targets
    .filter(({ rendered, path }: Target) => rendered && path.startsWith('overlays/'))
    .map(({ path }: Target) => path);
  const loop = loopScript(await findKustomize(), overlays);
  const pairs = await timePairs(
    rounds,
    () => free`${node} ${cli} validate`,
    () => free`sh -c ${loop}`,
  );
  tell(`this repository, ${summary.manifests} manifests, ${rounds} rounds`, pairs, [
    'presync validate, every check',
    `loop over ${overlays.length} overlays, kustomize build${isInstalled ? ' | kubeconform' : ' alone'}`,
  ]);
}

async function manyResources(): Promise<void> {
  const rendered = await free`${node} ${cli} render`;
  writeCorpus(join(folder, 'many'), rendered.stdout);
  const ours = [
    '--cwd',
    join(folder, 'many'),
    '--only',
    'schema/valid',
    '--kubernetes-version',
    '1.36',
  ];
  const pairs = await timePairs(
    rounds,
    () => $$`${node} ${cli} validate ${ours} .`,
    () => $$`${kubeconform} ${strictly} ${schemas} ${join(folder, 'many')}`,
  );
  tell('10,000 rendered resources, the same files and schemas', pairs, [
    'presync validate --only schema/valid',
    'kubeconform -strict',
  ]);
}

async function coldStart(): Promise<void> {
  const file = join(folder, 'small/config-map.yaml');
  await $$`mkdir -p ${join(folder, 'small')}`;
  writeFileSync(file, 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  a: b\n');
  for (const program of [cli, 'scripts/cli.ts']) {
    const pairs = await timePairs(
      rounds * 3,
      () => $$`${node} ${program} validate --cwd ${join(folder, 'small')} config-map.yaml`,
      () => $$`${node} -e 0`,
    );
    tell('one small file', pairs, [`${program} validate`, 'node -e 0']);
  }
}

interface Target {
  readonly path: string;
  readonly rendered: boolean;
}

function loopScript({ command, subcommand }: Kustomize, paths: readonly string[]): string {
  const quoted = schemas.map((word) => `'${word}'`).join(' ');
  const judge = isInstalled
    ? `| ${kubeconform} ${strictly.join(' ')} ${quoted}`
    : `> ${join(folder, 'out.yaml')}`;
  return `for p in ${paths.join(' ')}; do ${command} ${subcommand} "$p" ${judge}; done`;
}

function tell(
  what: string,
  { ours, theirs, ratio }: Pairs,
  names: readonly [string, string],
): void {
  const width = Math.max(...names.map((name) => name.length));
  const lines = [ours, theirs].map(
    (time, index) => `  ${(names[index] as string).padEnd(width)}  ${(time / 1000).toFixed(3)} s`,
  );
  console.log([what, ...lines, `  ${'ratio'.padEnd(width)}  ${ratio.toFixed(2)}`, ''].join('\n'));
}
