import { describe, expect, test } from 'vitest';
import type { Terminal } from '../../scripts/commands/command.ts';
import { main } from '../../scripts/commands/main.ts';
import { makeRepository, root } from '../repository.ts';

async function capacity(cwd: string, ...args: string[]) {
  let output = '';
  let errors = '';
  const terminal: Terminal = {
    cwd,
    colour: false,
    columns: 80,
    print: (text) => {
      output += text;
    },
    warn: (text) => {
      errors += text;
    },
    progress: () => {},
    readInput: async () => '',
  };
  const code = await main(['capacity', ...args], terminal);
  return { code, output, errors };
}

interface Row {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly rollout: number;
  readonly perNode: number;
  readonly quota?: { readonly hard: number };
}

/** Name, minimum, maximum, rollout and quota of each row of the one namespace. */
async function rowsOf(overlay: string) {
  const { output } = await capacity(root, '--json', overlay);
  const [{ namespaces }] = JSON.parse(output).clusters;
  expect(namespaces.map(({ name }: { name: string }) => name)).toEqual(['pdf-processing']);
  return namespaces[0].resources.map((row: Row) => [
    row.name,
    row.min,
    row.max,
    row.rollout,
    row.quota?.hard,
  ]);
}

const Mi = 2 ** 20;
const Gi = 2 ** 30;

/*
 * By hand. What every tier has besides its workers, requests and limits:
 *   ingest        each  100m   128Mi    500m  512Mi   (2 of them, 1 in dev; its rollout adds 1)
 *   redis            1  250m     1Gi   1000m    2Gi
 *   minio            1  500m     1Gi   2000m    4Gi
 * and at most, for a while:
 *   minio-setup      1   50m    64Mi    500m  256Mi   (a Job)
 *   minio-backup     1  250m   256Mi   1000m    1Gi   (a CronJob that forbids a second run)
 *   redis-backup     1  100m   128Mi    500m  512Mi   (its init container is as big as its other one,
 *                                                      and they run one after the other)
 * The three add 3 pods, 400m, 448Mi, 2000m and 1792Mi. A rollout adds one worker, too.
 */
describe('pdf-processor, counted by hand', () => {
  test('the small tier, a fixed fleet: 2 workers of 250m and 512Mi to 1000m and 2Gi', async () => {
    expect(await rowsOf('overlays/dev/pdf-processor')).toEqual([
      // 2 workers, 1 ingest, redis, minio; 3 more; a worker and an ingest
      ['pods', 5, 8, 10, 50],
      // 2 x 0.25 + 0.1 + 0.25 + 0.5 = 1.35; + 0.4 = 1.75; + 0.25 + 0.1 = 2.1
      ['requests.cpu', 1.35, 1.75, 2.1, 20],
      // 2 x 512 + 128 + 1024 + 1024 = 3200; + 448 = 3648; + 512 + 128 = 4288
      ['requests.memory', 3200 * Mi, 3648 * Mi, 4288 * Mi, 40 * Gi],
      // 2 x 1 + 0.5 + 1 + 2 = 5.5; + 2 = 7.5; + 1 + 0.5 = 9
      ['limits.cpu', 5.5, 7.5, 9, 40],
      // 2 x 2048 + 512 + 2048 + 4096 = 10752; + 1792 = 12544; + 2048 + 512 = 15104
      ['limits.memory', 10752 * Mi, 12544 * Mi, 15104 * Mi, 80 * Gi],
      // redis 5 and minio 20
      ['requests.storage', 25 * Gi, 25 * Gi, 25 * Gi, undefined],
    ]);
  });

  test('the medium tier by the HPA: 3 to 5 workers of 500m and 1Gi to 2000m and 4Gi', async () => {
    expect(await rowsOf('overlays/staging/pdf-processor')).toEqual([
      // 3 workers, 2 ingest, redis, minio = 7; 2 more workers and 3 = 12; + 2
      ['pods', 7, 12, 14, 50],
      // 3 x 0.5 + 2 x 0.1 + 0.25 + 0.5 = 2.45; + 2 x 0.5 + 0.4 = 3.85; + 0.5 + 0.1 = 4.45
      ['requests.cpu', 2.45, 3.85, 4.45, 20],
      // 3 x 1024 + 2 x 128 + 2 x 1024 = 5376; + 2 x 1024 + 448 = 7872; + 1024 + 128 = 9024
      ['requests.memory', 5376 * Mi, 7872 * Mi, 9024 * Mi, 40 * Gi],
      // 3 x 2 + 2 x 0.5 + 1 + 2 = 10; + 2 x 2 + 2 = 16; + 2 + 0.5 = 18.5
      ['limits.cpu', 10, 16, 18.5, 40],
      // 3 x 4096 + 2 x 512 + 2048 + 4096 = 19456; + 2 x 4096 + 1792 = 29440; + 4096 + 512 = 34048
      ['limits.memory', 19456 * Mi, 29440 * Mi, 34048 * Mi, 80 * Gi],
      // redis 10 and minio 50
      ['requests.storage', 60 * Gi, 60 * Gi, 60 * Gi, undefined],
    ]);
  });

  test('the high tier by KEDA: 5 to 20 workers of 1000m and 2Gi to 4000m and 8Gi', async () => {
    expect(await rowsOf('overlays/prod/pdf-processor')).toEqual([
      // 5 workers, 2 ingest, redis, minio = 9; 15 more workers and 3 = 27; + 2
      ['pods', 9, 27, 29, 60],
      // 5 x 1 + 2 x 0.1 + 0.25 + 0.5 = 5.95; + 15 + 0.4 = 21.35; + 1 + 0.1 = 22.45
      ['requests.cpu', 5.95, 21.35, 22.45, 44],
      // 5 x 2048 + 2 x 128 + 2 x 1024 = 12544; + 15 x 2048 + 448 = 43712; + 2048 + 128 = 45888
      ['requests.memory', 12544 * Mi, 43712 * Mi, 45888 * Mi, 88 * Gi],
      // 5 x 4 + 2 x 0.5 + 1 + 2 = 24; + 15 x 4 + 2 = 86; + 4 + 0.5 = 90.5
      ['limits.cpu', 24, 86, 90.5, 176],
      // 5 x 8192 + 2 x 512 + 2048 + 4096 = 48128; + 15 x 8192 + 1792 = 172800; + 8192 + 512 = 181504
      ['limits.memory', 48128 * Mi, 172800 * Mi, 181504 * Mi, 352 * Gi],
      // redis 10 and minio 200
      ['requests.storage', 210 * Gi, 210 * Gi, 210 * Gi, undefined],
    ]);
  });
});

describe('the table', () => {
  test('shows the quota and how much of it is used', async () => {
    const { output, code } = await capacity(root, 'overlays/prod/pdf-processor');
    expect(output).toBe(
      [
        'prod, namespace pdf-processing',
        '                           minimum   maximum   rollout     quota   used',
        '  pods                           9        27        29        60    45%',
        '  requests.cpu                5.95     21.35     22.45        44    49%',
        '  requests.memory          12.25Gi   42.69Gi   44.82Gi      88Gi    49%',
        '  limits.cpu                    24        86      90.5       176    49%',
        '  limits.memory               47Gi  168.75Gi  177.25Gi     352Gi    48%',
        '  requests.storage           210Gi     210Gi     210Gi',
        '',
      ].join('\n'),
    );
    expect(code).toBe(0);
  });

  test('sums a cluster, devices too, in 80 columns', async () => {
    const { output, errors } = await capacity(root, '--cluster', 'staging');
    expect(errors).toBe('');
    expect(output).toContain('staging, namespace suoke-life');
    const [, total = ''] = output.split('staging, together\n');
    expect(total).toMatch(/^ {2}requests\.nvidia\.com\/gpu +2 +3 +4$/m);
    expect(total).toMatch(/^ {2}Without the pods of \d+ Helm charts, which Git does not show\.$/m);
    expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('tells what nodes add, what a scoped quota counts, and what is not counted', async () => {
    const cwd = makeRepository({
      'app/agent.yaml': agent,
      'app/quota.yaml': scopedQuota,
      'broken/kustomization.yaml': 'resources: [nothing.yaml]\n',
    });
    const { output, errors, code } = await capacity(cwd, 'app', 'broken');
    expect(output).toContain('DaemonSets add for every node: pods 1, requests.cpu 0.25');
    expect(output).toContain('  quota best-effort counts pods 0 to 0 of 3, 0%\n');
    expect(errors).toContain('so broken is not counted');
    expect(code).toBe(1);
  });

  test('does not let a name command the terminal', async () => {
    const cwd = makeRepository({
      'app/pod.yaml': agent.replaceAll('namespace: nodes', 'namespace: "\\e[2Jnodes"'),
    });
    const { output } = await capacity(cwd, 'app');
    expect(output).toContain('nodes');
    expect(output).not.toContain('\u001b');
  });

  test('bears any amounts and counts', async () => {
    const cwd = makeRepository({
      'app/odd.yaml': agent
        .replace('kind: DaemonSet', 'kind: Deployment')
        .replace('spec:\n', 'spec:\n  replicas: 2147483647\n')
        .replace('cpu: 250m', 'cpu: 9e999999\n              memory: [1]'),
    });
    const { output, code } = await capacity(cwd, 'app');
    expect(output).toMatch(/pods +2147483647 +2147483647 +2684354559\n/);
    expect(code).toBe(0);
  });
});

const agent = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: nodes
spec:
  strategy:
    rollingUpdate:
      maxUnavailable: 0
  selector:
    matchLabels:
      app: agent
  template:
    metadata:
      labels:
        app: agent
    spec:
      containers:
        - name: agent
          image: agent:1.0.0
          resources:
            requests:
              cpu: 250m
`;

const scopedQuota = `apiVersion: v1
kind: ResourceQuota
metadata:
  name: best-effort
  namespace: nodes
spec:
  hard:
    pods: 3
  scopes:
    - BestEffort
`;
