import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PlanReport, ReportedPlan } from '../../scripts/plan/plan-report.ts';
import { run } from '../commands/run.ts';
import { copyRepository, edit, makeRepository } from '../repository.ts';

let own: string;
let report: PlanReport;

beforeAll(async () => {
  own = copyRepository();
  report = JSON.parse((await run(own, 'plan', '--json', '--cwd', own)).out);
});

const planOf = (cluster: string, engine: string): ReportedPlan => {
  const plan = report.plans.find((one) => one.cluster === cluster && one.engine === engine);
  if (!plan) throw new Error(`no plan of ${engine} in ${cluster}`);
  return plan;
};

describe('of our clusters', () => {
  test('each engine reaches every overlay of its cluster exactly once', () => {
    expect(report.plans.map(({ cluster, engine }) => `${cluster} ${engine}`).sort()).toEqual([
      'dev argocd',
      'dev flux',
      'prod argocd',
      'prod flux',
      'staging argocd',
      'staging flux',
    ]);
    for (const { cluster, engine, units, complete } of report.plans) {
      expect(complete).toBe(true);
      const targets = units.flatMap((unit) => unit.targets);
      expect(targets).toEqual([...new Set(targets)]);
      const wanted = ['ai-assistant', 'grading-system', 'pdf-processor', 'suoke-life'];
      for (const app of [...wanted, 'platform/crds', `platform/controllers/${engine}`]) {
        expect(targets).toContain(`overlays/${cluster}/${app}`);
      }
    }
  });

  test('stages follow from waves and from dependsOn', () => {
    const order = (engine: string) =>
      planOf('prod', engine)
        .units.filter(({ name }) => /^(platform-.*|policies|suoke-life)$/.test(name))
        .map(({ name, stage }) => [name, stage]);
    const stages = [
      ['platform-crds', 1],
      ['platform-controllers', 2],
      ['platform-configs', 3],
      ['policies', 4],
      ['suoke-life', 5],
    ];
    expect(order('argocd')).toEqual(stages);
    expect(order('flux')).toEqual(stages);
  });

  test('the one that cluster.yaml names is live', () => {
    for (const name of ['dev', 'staging', 'prod']) {
      const [, live] =
        /^engine: (\w+)$/m.exec(readFileSync(join(own, `clusters/${name}/cluster.yaml`), 'utf8')) ??
        [];
      expect(
        report.plans.filter((one) => one.cluster === name && one.live).map(({ engine }) => engine),
      ).toEqual([live]);
    }
  });

  test('the tree can be read at 80 columns', async () => {
    const { out, code } = await run(own, 'plan', '--cluster', 'prod', '--cwd', own);
    expect(code).toBe(0);
    const lines = out.split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(
      lines.filter((line) => !line.includes('prod') && /^\S/.test(line) && !/^[├└│]/.test(line)),
    ).toEqual([]);
    expect(out).toContain('├─ wave -40: 10 AppProject\n');
    expect(out).toContain(
      '   │     ├─ wave -21\n   │     │  └─ kube-prometheus-stack: chart 88.4.0, 10 CRDs, 1 webhook\n',
    );
    expect(out).toContain('└─ stage 5, after policies\n');
    expect(out).toMatch(/prod, Flux: not live, 17 units, \d+ objects\n/);
  });
});

test('one engine can be asked for', async () => {
  const { out } = await run(
    own,
    'plan',
    '--engine',
    'flux',
    '--cluster',
    'dev',
    '--json',
    '--cwd',
    own,
  );
  const { plans } = JSON.parse(out) as PlanReport;
  expect(plans.map(({ cluster, engine }) => [cluster, engine])).toEqual([['dev', 'flux']]);
  const wrong = await run(own, 'plan', '--engine', 'helm', '--cwd', own);
  expect(wrong).toMatchObject({
    code: 2,
    error: 'error: --engine takes argocd or flux; not "helm"\n',
  });
});

test('what cannot be rendered is told, and the plan says that it does not know it', async () => {
  const broken = copyRepository();
  edit(broken, 'overlays/prod/suoke-life/kustomization.yaml', (text) =>
    text.replace('resources:\n', 'resources:\n  - nowhere.yaml\n'),
  );
  const { out, error, code } = await run(
    broken,
    'plan',
    '--cluster',
    'prod',
    '--engine',
    'flux',
    '--cwd',
    broken,
  );
  expect(code).toBe(1);
  expect(error).toContain('so what overlays/prod/suoke-life brings is not known');
  expect(out).toContain('not all that it brings is known');
  expect(out).toMatch(/suoke-life: overlays\/prod\/suoke-life, contents not known/);
});

test('a repository without wiring, and one whose units go round in a circle', async () => {
  const empty = makeRepository({
    'presync.config.ts': 'export default {};\n',
    'web/kustomization.yaml': 'resources: []\n',
  });
  expect((await run(empty, 'plan')).out).toBe('No cluster here is synced by Argo CD or Flux.\n');
  const unit = (name: string, on: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 1h
  path: ./${name}
  prune: true
  dependsOn:
    - name: ${on}
  sourceRef:
    kind: GitRepository
    name: flux-system
`;
  const circle = makeRepository({
    'presync.config.ts': 'export default {};\n',
    'clusters/dev/a.yaml': unit('a', 'b'),
    'clusters/dev/b.yaml': unit('b', 'a'),
  });
  const { out, code } = await run(circle, 'plan');
  expect(code).toBe(0);
  expect(out).toMatch(/a: .*after b, does not wait/);
  expect(out).toMatch(/b: .*after a, does not wait/);
});

test('the graph draws whom each unit is applied by and waits for', async () => {
  const { out } = await run(own, 'graph', '--cluster', 'prod', '--engine', 'flux', '--cwd', own);
  expect(out.startsWith('flowchart LR\n  subgraph p0["prod, Flux, not live"]\n')).toBe(true);
  const nameOf = (label: string) => new RegExp(`(p0u\\d+)\\["\\w+ ${label}<br/>`).exec(out)?.[1];
  expect(out).toContain(
    `    ${nameOf('platform-crds')} -.->|then| ${nameOf('platform-controllers')}\n`,
  );
  expect(out).toContain(`    ${nameOf('platform-controllers')} --> ${nameOf('keda')}\n`);
  const json = await run(own, 'graph', '--format', 'json', '--cwd', own);
  expect(JSON.parse(json.out)).toEqual(report);
});
