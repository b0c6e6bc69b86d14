import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { recordAt, textAt, valueAt } from '../../scripts/kubernetes/fields.ts';
import type { Manifest } from '../../scripts/model.ts';
import { root } from '../repository.ts';
import { dependenciesOf, ofKind, readEnvironments, text, waveOf } from './environments.ts';

const environments = await readEnvironments();
const systems = ['ai-assistant', 'grading-system', 'pdf-processor', 'suoke-life'];
/** Every app with an overlay, those that came after the four systems too. */
const appsOf = (environment: string) =>
  readdirSync(join(root, 'overlays', environment)).filter((name) => name !== 'platform');
const stages = ['platform-crds', 'platform-controllers', 'platform-configs', 'policies'];

test('there are three clusters', () => {
  expect(environments.map(({ name }) => name).sort()).toEqual(['dev', 'prod', 'staging']);
});

describe.for(environments)('$name, both engines side by side', (environment) => {
  const { name, cluster, wiring, at } = environment;
  const applications = ofKind(wiring('argocd'), 'Application').filter(
    (one) => one.name !== 'bootstrap',
  );
  const kustomizations = ofKind(wiring('flux'), 'Kustomization');
  const charts = {
    argocd: ofKind(at(`overlays/${name}/platform/controllers/argocd`), 'Application'),
    flux: ofKind(at(`overlays/${name}/platform/controllers/flux`), 'HelmRelease'),
  };
  const repositories = ofKind(at(`overlays/${name}/platform/controllers/flux`), 'HelmRepository');

  test('they sync the same paths under the same names', () => {
    const argocd = applications.map((one) => [one.name, text(one.data, 'spec', 'source', 'path')]);
    const flux = kustomizations.map((one) => [one.name, text(one.data, 'spec', 'path').slice(2)]);
    // Only how a chart is installed is the engine's own.
    const shared = (all: string[][]) =>
      all.map((one) =>
        one.map((part) => part.replace(/controllers\/(argocd|flux)$/, 'controllers')),
      );
    expect(shared(argocd).sort()).toEqual(shared(flux).sort());
    const apps = appsOf(name);
    expect(apps).toEqual(expect.arrayContaining(systems));
    expect(argocd.map(([one]) => one).sort()).toEqual([...apps, ...stages].sort());
  });

  test('they follow the same revision, and prod one that stays', () => {
    const [source] = ofKind(wiring('flux'), 'GitRepository');
    const ref = recordAt(source?.data, ['spec', 'ref']);
    const revision = ref.tag ?? ref.commit ?? ref.branch;
    const url = text(source?.data, 'spec', 'url');
    for (const { data } of applications) {
      expect(text(data, 'spec', 'source', 'targetRevision')).toBe(revision);
      expect(text(data, 'spec', 'source', 'repoURL')).toBe(url);
    }
    for (const { data } of kustomizations) {
      expect(valueAt(data, ['spec', 'sourceRef'])).toEqual({
        kind: 'GitRepository',
        name: source?.name,
      });
    }
    if (cluster.environment === 'prod') {
      expect(ref.branch).toBeUndefined();
      expect(revision).toMatch(/^(v\d+\.\d+\.\d+|[0-9a-f]{40})$/);
    }
  });

  test('they install the same charts with the same values', () => {
    const urls = new Map(repositories.map((one) => [one.name, text(one.data, 'spec', 'url')]));
    const flux = charts.flux.map(({ name: release, data }) => ({
      name: release,
      release: text(data, 'spec', 'releaseName'),
      chart: text(data, 'spec', 'chart', 'spec', 'chart'),
      version: text(data, 'spec', 'chart', 'spec', 'version'),
      url: urls.get(text(data, 'spec', 'chart', 'spec', 'sourceRef', 'name')),
      namespace: text(data, 'spec', 'targetNamespace'),
      values: valueAt(data, ['spec', 'values']),
    }));
    const argocd = charts.argocd.map(({ name: application, data }) => ({
      name: application,
      // Argo CD's default.
      release: textAt(data, ['spec', 'source', 'helm', 'releaseName']) ?? application,
      chart: text(data, 'spec', 'source', 'chart'),
      version: text(data, 'spec', 'source', 'targetRevision'),
      url: text(data, 'spec', 'source', 'repoURL'),
      namespace: text(data, 'spec', 'destination', 'namespace'),
      values: valueAt(data, ['spec', 'source', 'helm', 'valuesObject']),
    }));
    expect(argocd).toEqual(flux);
    expect(flux.length).toBe(9);
    expect(flux.filter(({ values }) => values === undefined)).toEqual([]);
  });

  test('versions.yaml is where they have the versions from, and all of it is used', () => {
    const file = join(root, `overlays/${name}/platform/charts/versions.yaml`);
    const pinned = Object.entries(recordAt(parse(readFileSync(file, 'utf8')), ['data']));
    const installed = charts.flux.map(({ data }) => [
      text(data, 'spec', 'chart', 'spec', 'chart'),
      text(data, 'spec', 'chart', 'spec', 'version'),
    ]);
    expect(pinned.sort()).toEqual(installed.sort());
    for (const [, version] of pinned) expect(version).toMatch(/^v?\d+\.\d+\.\d+$/);
    expect(Object.keys(cluster.charts).sort()).toEqual(pinned.map(([chart]) => chart).sort());
  });

  test('they go through the stages in the same order', () => {
    const waves = new Map(applications.map((one) => [one.name, waveOf(one)]));
    expect(stages.map((stage) => waves.get(stage))).toEqual([-30, -20, -10, -5]);
    const apps = appsOf(name);
    expect(apps.map((app) => waves.get(app))).toEqual(apps.map(() => 0));
    const waitsFor = new Map(kustomizations.map((one) => [one.name, dependenciesOf(one)]));
    expect(stages.map((stage) => waitsFor.get(stage))).toEqual([
      [],
      ['platform-crds'],
      ['platform-controllers'],
      ['platform-configs'],
    ]);
    for (const app of apps) expect(waitsFor.get(app)).toEqual(['policies']);
  });

  test('they install the monitoring stack before what brings monitors', () => {
    const first = 'kube-prometheus-stack';
    const later = charts.flux.filter((one) => one.name !== first);
    const waves = new Map(charts.argocd.map((one) => [one.name, waveOf(one)]));
    for (const one of later) {
      expect(dependenciesOf(one)).toEqual([first]);
      expect(waves.get(one.name)).toBeGreaterThan(waves.get(first) ?? 0);
    }
  });

  test('Argo CD waits for an Application before the next wave', () => {
    const [settings] = ofKind(wiring('argocd'), 'ConfigMap');
    const health = textAt(settings?.data, [
      'data',
      'resource.customizations.health.argoproj.io_Application',
    ]);
    expect(health).toContain('status.health.status');
    expect(settings?.name).toBe('argocd-cm');
    const first = Math.min(...wiring('argocd').map(waveOf));
    expect(waveOf(settings as Manifest)).toBe(first);
    const projects = ofKind(wiring('argocd'), 'AppProject').map(waveOf);
    expect(Math.max(...projects)).toBeLessThan(Math.min(...applications.map(waveOf)));
  });

  test('a Kustomization waits, gives up, tries again and says what it prunes', () => {
    for (const { data } of kustomizations) {
      expect(recordAt(data, ['spec'])).toMatchObject({
        wait: true,
        prune: expect.any(Boolean),
        timeout: expect.stringMatching(/^\d+m$/),
        retryInterval: expect.stringMatching(/^\d+m$/),
      });
    }
    const [issuers] = kustomizations.filter((one) => one.name === 'platform-configs');
    expect(valueAt(issuers?.data, ['spec', 'healthCheckExprs', 0, 'kind'])).toBe('ClusterIssuer');
  });
});
