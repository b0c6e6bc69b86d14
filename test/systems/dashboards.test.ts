import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../scripts/commands/main.ts';
import { copyRepository, edit, makeRepository, root } from '../repository.ts';

interface Written {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** What `presync dashboard` does in a folder. */
async function dashboard(cwd: string, ...args: readonly string[]): Promise<Written> {
  const texts = { out: '', err: '' };
  const exitCode = await main(['dashboard', '--cwd', cwd, ...args], {
    cwd,
    colour: false,
    columns: 80,
    print: (text) => {
      texts.out += text;
    },
    warn: (text) => {
      texts.err += text;
    },
    progress: () => {},
    readInput: async () => '',
  });
  return { exitCode, ...texts };
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly refId: string; readonly expr: string }[];
}

function panelsIn(text: string): Panel[] {
  return JSON.parse(text).panels;
}

function idsIn(text: string): Map<string, number> {
  let row = '';
  return new Map(
    panelsIn(text).map(({ type, title, id }) => {
      if (type === 'row') row = title;
      return [`${row}/${type}/${title}`, id];
    }),
  );
}

const apps = globSync('base/*/dashboard.yaml', { cwd: root })
  .map((path) => basename(dirname(path)))
  .sort();

describe.for(apps)('%s', (app) => {
  const committed = readFileSync(join(root, `base/${app}/dashboard.json`), 'utf8');

  test('the committed dashboard is what its overlay gives', async () => {
    const command = `npm run dashboard -- overlays/prod/${app} --output base/${app}/dashboard.json`;
    const { out, err } = await dashboard(root, `overlays/prod/${app}`);
    expect(err).toBe('');
    expect(
      out === committed,
      `base/${app}/dashboard.json is stale; write it with: ${command}`,
    ).toBe(true);
  });

  test('its queries and ids are sound', () => {
    const panels = panelsIn(committed);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { title, type, targets = [], datasource } of panels) {
      if (type === 'row') continue;
      expect(datasource?.uid, title).toBe('$datasource');
      expect(new Set(targets.map(({ refId }) => refId)).size, title).toBe(targets.length);
      expect(targets.length, title).toBeGreaterThan(0);
      for (const { expr } of targets) {
        expect(unbalanced(expr), expr).toBe('');
        expect(expr, title).toMatch(/\$namespace|scaledObject=|vpa_updater/);
      }
    }
  });

  test('Flux finds nothing in it to replace', () => {
    expect(committed).not.toContain('${');
  });
});

/** Brackets that are not closed, outside of strings; and a string that is not. */
function unbalanced(expression: string): string {
  let open = expression.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').replaceAll(/[^()[\]{}"]/g, '');
  for (let before = ''; before !== open; ) {
    before = open;
    open = open.replace(/\(\)|\[\]|\{\}/, '');
  }
  return open;
}

test('every system has a dashboard of its own', () => {
  expect(apps.join()).toMatch(/ai-assistant.*grading-system.*pdf-processor.*suoke-life/);
});

test('a fifth agent gets its panels without an edit of any JSON, and the others keep their ids', async () => {
  const folder = copyRepository();
  const agents = join(folder, 'base/suoke-life/agents');
  cpSync(join(agents, 'soer'), join(agents, 'anan'), { recursive: true });
  for (const name of globSync('*.yaml', { cwd: join(agents, 'anan') })) {
    const file = join(agents, 'anan', name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('soer', 'anan'));
  }
  edit(folder, 'base/suoke-life/kustomization.yaml', (text) =>
    text.replace('  - agents/soer\n', '  - agents/soer\n  - agents/anan\n'),
  );
  const { out } = await dashboard(folder, 'overlays/prod/suoke-life');
  const before = idsIn(readFileSync(join(root, 'base/suoke-life/dashboard.json'), 'utf8'));
  const after = idsIn(out);
  for (const [panel, id] of before) expect(after.get(panel), panel).toBe(id);
  const added = [...after.keys()].filter((panel) => !before.has(panel));
  expect(added).toEqual([
    'anan-agent/row/anan-agent',
    'anan-agent/timeseries/CPU',
    'anan-agent/timeseries/CPU throttling',
    'anan-agent/timeseries/Memory',
    'anan-agent/timeseries/Pods',
  ]);
  expect(out).toContain('"value": "anan-agent"');
  expect(out).toContain('anan-agent request');
});

describe('what cannot be drawn', () => {
  test.for([
    ['no target', [], 'name the one target that the dashboard is of'],
    ['no workload', ['overlays/prod/platform/crds'], 'renders no workload that could be drawn'],
    ['several targets', ['overlays/prod'], /^error: overlays\/prod is \d+ targets, not one/],
  ] as const)('%s', async ([, paths, message]) => {
    const { exitCode, out, err } = await dashboard(root, ...paths);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  test.for([
    ['unit: ops', 'unt: ops', 'spec.rows.0.panels.0.unit is missing or no text'],
    ['local-config: "true"', 'local-config: "false"', 'so it would be deployed'],
  ] as const)('a description with %s mended to %s', async ([from, to, message]) => {
    const folder = copyRepository();
    edit(folder, 'base/pdf-processor/dashboard.yaml', (text) => text.replace(from, to));
    const { exitCode, err } = await dashboard(folder, 'overlays/prod/pdf-processor');
    expect(exitCode).toBe(2);
    expect(err).toContain(`base/pdf-processor/dashboard.yaml: `);
    expect(err).toContain(message);
  });

  test('an overlay that does not build', async () => {
    const folder = copyRepository();
    edit(folder, 'base/pdf-processor/kustomization.yaml', (text) =>
      text.replace('  - service-redis.yaml\n', '  - service-rediss.yaml\n'),
    );
    const { exitCode, err } = await dashboard(folder, 'overlays/prod/pdf-processor');
    expect(exitCode).toBe(2);
    expect(err).toMatch(/base\/pdf-processor\/kustomization.yaml:\d+: .+cannot be rendered/);
  });
});

test('any repository gets one, without a description', async () => {
  const pod = {
    metadata: { labels: { app: 'agent' } },
    spec: { containers: [{ name: 'agent' }, { name: 'proxy' }] },
  };
  const folder = makeRepository({
    'presync.config.ts': 'export default {};\n',
    'log-agent/kustomization.yaml': 'namespace: logs\nresources: [daemon-set.yaml]\n',
    'log-agent/daemon-set.yaml': JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent' },
      spec: { selector: { matchLabels: { app: 'agent' } }, template: pod },
    }),
  });
  const file = join(folder, 'out/log-agent.json');
  const { exitCode, out } = await dashboard(folder, 'log-agent', '--output', file);
  expect([exitCode, out]).toEqual([0, '']);
  const text = readFileSync(file, 'utf8');
  expect(JSON.parse(text)).toMatchObject({ uid: 'log-agent', title: 'log-agent' });
  expect([...idsIn(text).keys()]).toEqual([
    'System health/row/System health',
    'System health/stat/Available pods',
    'System health/timeseries/Pods not ready',
    'System health/timeseries/Firing alerts',
    'System health/timeseries/Pod restarts',
    'agent/row/agent',
    'agent/timeseries/CPU',
    'agent/timeseries/CPU throttling',
    'agent/timeseries/Memory',
    'agent/timeseries/Pods',
  ]);
  expect(text).toContain('kube_daemonset_status_number_ready{namespace=\\"$namespace\\"}');
  expect(text).toContain('container=~\\"agent|proxy\\"');
});
