import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listAt, recordAt, textAt, valueAt } from '../../scripts/kubernetes/fields.ts';
import { groupOf } from '../../scripts/kubernetes/manifests.ts';
import type { Manifest } from '../../scripts/model.ts';
import { root } from '../repository.ts';
import { annotation, type Environment, ofKind, readEnvironments, text } from './environments.ts';

const environments = await readEnvironments();

/** The kinds that charts define, by apiVersion. */
const resources: Record<string, Record<string, { plural: string }>> = JSON.parse(
  readFileSync(join(root, 'schemas/crds/_resources.json'), 'utf8'),
);

/** The plural of a kind of ours: the group tells it from what is built in. */
function ownPlural(manifests: readonly Manifest[], group: string, kind: string) {
  const ours = ofKind(manifests, 'CustomResourceDefinition').map(({ data }) => data);
  const definition = ours.find((data) => textAt(data, ['spec', 'names', 'kind']) === kind);
  if (definition) return text(definition, 'spec', 'names', 'plural');
  return group.endsWith('suoke.life') ? `${kind.toLowerCase()}s` : undefined;
}

/** A project as Argo CD reads it. */
function permissions({ data }: Manifest) {
  const kinds = (field: string) =>
    listAt(data, ['spec', field])
      .map((one) => `${textAt(one, ['group'])}/${textAt(one, ['kind'])}`)
      .sort();
  return {
    repositories: listAt(data, ['spec', 'sourceRepos']).map(String).sort(),
    namespaces: listAt(data, ['spec', 'destinations'])
      .map((one) => text(one, 'namespace'))
      .sort(),
    servers: listAt(data, ['spec', 'destinations']).map((one) => text(one, 'server')),
    cluster: kinds('clusterResourceWhitelist'),
    namespaced: kinds('namespaceResourceWhitelist'),
    denied: kinds('namespaceResourceBlacklist'),
  };
}

function kindsOf(manifests: readonly Manifest[]): string[] {
  const kinds = manifests.map(({ apiVersion, kind }) => `${groupOf(apiVersion)}/${kind}`);
  return [...new Set(kinds)].sort();
}

function renderedBy({ at, wiring }: Environment, application: Manifest): readonly Manifest[] {
  const path = text(application.data, 'spec', 'source', 'path');
  return application.name === 'bootstrap'
    ? wiring('argocd').filter((one) => one.name !== 'bootstrap' || one.kind !== 'Application')
    : at(path);
}

describe.for(environments)('$name', (environment) => {
  const { name, cluster, wiring, at, manifests } = environment;
  const projects = new Map(ofKind(wiring('argocd'), 'AppProject').map((one) => [one.name, one]));
  const applications = ofKind(wiring('argocd'), 'Application');
  const charts = ofKind(at(`overlays/${name}/platform/controllers/argocd`), 'Application');

  test.for(applications.map((one) => [one.name, one] as const))(
    'the project of %s allows exactly what it renders',
    ([, application]) => {
      const project = projects.get(text(application.data, 'spec', 'project'));
      const allowed = permissions(project as Manifest);
      const rendered = renderedBy(environment, application);
      const namespaced = rendered.filter((one) => one.namespace !== undefined);
      const namespaces = [...new Set(namespaced.map((one) => one.namespace))].sort();
      expect(rendered.length).toBeGreaterThan(0);
      expect(allowed.repositories).toEqual([text(application.data, 'spec', 'source', 'repoURL')]);
      expect(allowed.servers.every((one) => one === 'https://kubernetes.default.svc')).toBe(true);
      expect(allowed.cluster).toEqual(
        kindsOf(rendered.filter((one) => one.namespace === undefined)),
      );
      expect(allowed.namespaced).toEqual(kindsOf(namespaced));
      // An empty list of what is allowed allows everything.
      expect(allowed.denied).toEqual(namespaced.length > 0 ? [] : ['*/*']);
      if (namespaced.length > 0) expect(allowed.namespaces).toEqual(namespaces);
      expect(allowed.namespaces).toContain(
        text(application.data, 'spec', 'destination', 'namespace'),
      );
    },
  );

  test('the project of the charts allows their repositories and namespaces', () => {
    expect(new Set(charts.map(({ data }) => text(data, 'spec', 'project'))).size).toBe(1);
    const allowed = permissions(projects.get('platform-charts') as Manifest);
    const unique = (values: string[]) => [...new Set(values)].sort();
    expect(allowed.repositories).toEqual(
      unique(charts.map(({ data }) => text(data, 'spec', 'source', 'repoURL'))),
    );
    expect(allowed.namespaces).toEqual(
      unique(charts.map(({ data }) => text(data, 'spec', 'destination', 'namespace'))),
    );
    expect(allowed.cluster).toContain('apiextensions.k8s.io/CustomResourceDefinition');
    expect(allowed.cluster).not.toContain('/Namespace');
  });

  test('every project has Applications, and none is the default one', () => {
    const used = [...applications, ...charts].map(({ data }) => text(data, 'spec', 'project'));
    expect([...projects.keys()].sort()).toEqual([...new Set(used)].sort());
    expect(used).not.toContain('default');
  });

  test('no engine prunes a namespace, a claim or a definition', () => {
    const kinds = ['Namespace', 'PersistentVolumeClaim', 'CustomResourceDefinition'];
    const kept = manifests.filter(({ kind }) => kinds.includes(kind));
    expect(kept.length).toBeGreaterThan(8);
    for (const one of kept) {
      expect(annotation(one, 'argocd.argoproj.io/sync-options')).toBe('Prune=false,Delete=false');
      expect(annotation(one, 'kustomize.toolkit.fluxcd.io/prune')).toBe('disabled');
    }
    for (const { data } of charts) {
      expect(valueAt(data, ['metadata', 'finalizers'])).toBeUndefined();
      expect(listAt(data, ['spec', 'syncPolicy', 'syncOptions'])).toContain('Prune=confirm');
    }
  });

  test('every namespace that anything is in is made in Git or said to be external', () => {
    const made = ofKind(manifests, 'Namespace').map((one) => one.name);
    const external = cluster.external.namespaces.map((one) => one.name);
    const targets = charts.map(({ data }) => text(data, 'spec', 'destination', 'namespace'));
    const needed = [...manifests.flatMap((one) => one.namespace ?? []), ...targets];
    expect(made.filter((one) => external.includes(one))).toEqual([]);
    expect(needed.filter((one) => ![...made, ...external].includes(one))).toEqual([]);
  });

  test('every custom kind is defined in Git, by a chart or by an engine', () => {
    const own = ofKind(manifests, 'CustomResourceDefinition').map((one) => one.name);
    const charted = Object.values(cluster.charts).flatMap(({ crds }) => crds);
    const needed = manifests.flatMap(({ apiVersion, kind }) => {
      const group = groupOf(apiVersion);
      // The engines' own kinds come with them, and these groups are built in.
      if (/^$|^argoproj\.io$|\.fluxcd\.io$/.test(group)) return [];
      const plural = resources[apiVersion]?.[kind]?.plural ?? ownPlural(manifests, group, kind);
      return plural ? [`${plural}.${group}`] : [];
    });
    expect(needed).toContain('clusterissuers.cert-manager.io');
    expect(needed).toContain('aimodels.suoke.life');
    expect(needed.filter((one) => ![...own, ...charted].includes(one))).toEqual([]);
  });

  test('a NetworkPolicy lets in only from namespaces that exist', () => {
    const existing = new Set([
      ...ofKind(manifests, 'Namespace').map((one) => one.name),
      ...cluster.external.namespaces.map((one) => one.name),
    ]);
    const named = ofKind(manifests, 'NetworkPolicy').flatMap(({ data }) =>
      [...listAt(data, ['spec', 'ingress']), ...listAt(data, ['spec', 'egress'])].flatMap((rule) =>
        [...listAt(rule, ['from']), ...listAt(rule, ['to'])].flatMap(
          (peer) =>
            recordAt(peer, ['namespaceSelector', 'matchLabels'])['kubernetes.io/metadata.name'] ??
            [],
        ),
      ),
    );
    expect(named).toContain('monitoring');
    expect(named.filter((one) => !existing.has(String(one)))).toEqual([]);
  });
});
