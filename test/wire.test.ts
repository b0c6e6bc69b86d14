import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { validate } from '../scripts/index.ts';
import { wire } from '../scripts/wire.ts';
import { copyRepository } from './repository.ts';

const base = {
  'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - namespace.yaml
  - deployment.yaml
components:
  - ../components/default-deny
  - ../components/hardening
labels:
  - pairs:
      app.kubernetes.io/name: fifth
    includeTemplates: true
`,
  'namespace.yaml': `apiVersion: v1
kind: Namespace
metadata:
  name: fifth
  annotations:
    argocd.argoproj.io/sync-options: Prune=false,Delete=false
    kustomize.toolkit.fluxcd.io/prune: disabled
`,
  'deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: fifth
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: fifth
  template:
    spec:
      containers:
        - name: fifth
          image: fifth
`,
};

/** What somebody writes by hand for one environment. */
const overlay = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: fifth
resources:
  - ../../../base/fifth
images:
  - name: fifth
    newName: registry.example.com/fifth
    newTag: 1.0.0
`;

test('a fifth app is synced by both engines with under 30 lines outside its base', async () => {
  const folder = copyRepository();
  const environments = ['dev', 'staging', 'prod'];
  const files = {
    ...Object.fromEntries(Object.entries(base).map(([name, text]) => [`base/fifth/${name}`, text])),
    ...Object.fromEntries(
      environments.map((one) => [`overlays/${one}/fifth/kustomization.yaml`, overlay]),
    ),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  expect(environments.length * overlay.trimEnd().split('\n').length).toBeLessThan(30);

  const written = await wire(folder, 'fifth');
  expect(written).toHaveLength(9);
  const report = await validate({ root: folder });
  expect(report.findings).toEqual([]);
  for (const environment of environments) {
    const path = `overlays/${environment}/fifth`;
    expect(report.targets.find((target) => target.path === path)).toMatchObject({
      clusters: [environment],
      engines: ['argocd', 'flux'],
      rendered: true,
    });
  }
  expect(await wire(folder, 'fifth')).toEqual([]);
});

test('an app without an overlay cannot be wired', async () => {
  await expect(wire(copyRepository(), 'nothing')).rejects.toThrow(
    'there is no overlays/<environment>/nothing',
  );
});
