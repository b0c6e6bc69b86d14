import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { $ } from 'zx';

/**
 * Times `presync plan` over a repository of that many Applications in ten sync waves, each with
 * a kustomization of its own: `node scripts/bench/plan.ts 300 7`. It takes that many rounds.
 */
const [applications = 300, rounds = 7] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'presync-bench-plan-'));
writeRepository();
const program = join(import.meta.dirname, '../cli.ts');
const times: number[] = [];
let lines = 0;
for (let round = 0; round < rounds; round++) {
  const started = performance.now();
  const { stdout } = await $({ quiet: true })`${process.execPath} ${program} plan --cwd ${folder}`;
  times.push((performance.now() - started) / 1000);
  lines = stdout.split('\n').length;
}
rmSync(folder, { recursive: true });
const sorted = times.toSorted((a, b) => a - b);
const [least = 0, median = 0] = [sorted[0], sorted[Math.floor(rounds / 2)]];
console.log(
  `plan of ${applications} Applications, ${lines} lines: median ${median.toFixed(2)} s, least ${least.toFixed(2)} s of ${rounds}`,
);

function writeRepository(): void {
  write('presync.config.ts', 'export default {};\n');
  write('clusters/dev/argocd/root.yaml', application('root', 'clusters/dev/argocd/apps', 0));
  for (let index = 0; index < applications; index++) {
    const name = `app-${index}`;
    write(`clusters/dev/argocd/apps/${name}.yaml`, application(name, `apps/${name}`, index % 10));
    write(
      `apps/${name}/kustomization.yaml`,
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - deployment.yaml\n  - service.yaml\n',
    );
    write(`apps/${name}/deployment.yaml`, deployment(name));
    write(`apps/${name}/service.yaml`, service(name));
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function application(name: string, path: string, wave: number): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
  annotations:
    argocd.argoproj.io/sync-wave: "${wave}"
spec:
  project: default
  source:
    repoURL: https://git.example.com/fleet.git
    targetRevision: main
    path: ${path}
  destination:
    server: https://kubernetes.default.svc
    namespace: ${name}
  syncPolicy:
    automated: {}
`;
}

function deployment(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${name}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: web
          image: registry.example.com/${name}:1.0.0
`;
}

function service(name: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${name}
spec:
  selector:
    app: ${name}
  ports:
    - port: 80
`;
}
