import { beforeAll, expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import { listAt, textAt } from '../../scripts/kubernetes/fields.ts';
import { groupOf } from '../../scripts/kubernetes/manifests.ts';
import type { Manifest, Repository, RepositoryRule } from '../../scripts/model.ts';
import { orderRules } from '../../scripts/rules/order-rules.ts';
import { rulesFor } from '../../scripts/rules/registry.ts';
import { scopesWith } from '../../scripts/schema/scopes.ts';
import { copyRepository } from '../repository.ts';
import {
  type Mutation,
  mutated,
  wiringOf,
  withoutDependency,
  withoutWave,
  writtenWave,
} from './mutated.ts';

let own: Repository;
let rules: readonly RepositoryRule[];

beforeAll(async () => {
  await validate({
    root: copyRepository(),
    selectRule: () => false,
    onRepository: (one) => {
      own = one;
    },
  });
  const scopeOf = scopesWith(own.rendered.flatMap(({ manifests }) => manifests));
  rules = rulesFor({
    schemas: () => [],
    crdRules: () => [],
    deprecations: () => [],
    kubernetesVersions: [],
    scopeOf,
  }).filter(
    (rule) => rule.scope === 'repository' && rule.id.startsWith('sync/'),
  ) as RepositoryRule[];
});

const clusters = ['dev', 'staging', 'prod'];
const isWiring = ({ apiVersion }: Manifest) =>
  /^argoproj\.io$|\.toolkit\.fluxcd\.io$/.test(groupOf(apiVersion));
const isUnit = ({ kind }: Manifest) =>
  ['Application', 'Kustomization', 'HelmRelease'].includes(kind);

/** What the rules say of a repository, without what they say of it as it is. */
function told(repository: Repository): string[] {
  return rules.flatMap((rule) =>
    [...rule.check(repository)].map((one) => `${rule.id}: ${one.message}`),
  );
}

/** Mutations that no finding names. */
function missed(mutations: readonly Mutation[]): string[] {
  const before = new Set(told(own));
  return mutations.flatMap((mutation) => {
    const found = told(mutated(own, mutation)).filter((one) => !before.has(one));
    return found.some((one) => one.includes(mutation.subject)) ? [] : mutation.name;
  });
}

test('the order of our clusters is kept', () => {
  const ids = orderRules({ scopeOf: () => undefined }).map(({ id }) => id);
  expect(rules.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  expect(told(own).filter((one) => ids.some((id) => one.startsWith(`${id}:`)))).toEqual([]);
});

test.for(clusters)('%s: every stage that is taken out is missed', (cluster) => {
  const mutations = wiringOf(own, cluster)
    .filter((one) => isWiring(one) && isUnit(one) && one.name !== 'bootstrap')
    .map((manifest) => ({
      name: `${manifest.kind} ${manifest.name}`,
      subject: manifest.name,
      manifest,
      change: () => undefined,
    }));
  expect(mutations.length).toBeGreaterThan(30);
  expect(missed(mutations)).toEqual([]);
});

test.for(clusters)('%s: every dependsOn that is taken out is missed', (cluster) => {
  const mutations = wiringOf(own, cluster).flatMap((manifest) =>
    listAt(manifest.data, ['spec', 'dependsOn']).map((one, index) => ({
      name: `${manifest.kind} ${manifest.name} on ${textAt(one, ['name'])}`,
      subject: manifest.name,
      manifest,
      change: withoutDependency(index),
    })),
  );
  expect(mutations.length).toBeGreaterThan(13);
  expect(missed(mutations)).toEqual([]);
});

test.for(clusters)('%s: every sync wave of the wiring that is taken out is missed', (cluster) => {
  const mutations = wiringOf(own, cluster)
    .filter((one) => writtenWave(one) && (isWiring(one) || one.name === 'argocd-cm'))
    .map(withoutWaveOf);
  expect(mutations.length).toBeGreaterThan(20);
  expect(missed(mutations)).toEqual([]);
});

test('in an app, a wave that is taken out is missed where the sync would never end', () => {
  const mutations = wiringOf(own, 'prod')
    .filter((one) => writtenWave(one) && !isWiring(one) && one.name !== 'argocd-cm')
    .map(withoutWaveOf);
  // Without its wave an object comes in wave 0, with its consumers: those are tried again.
  const harmless = missed(mutations);
  const found = mutations.map(({ name }) => name).filter((name) => !harmless.includes(name));
  const systems = ['ai-assistant', 'grading-system', 'pdf-processing', 'suoke-life'];
  expect(found).toEqual(
    expect.arrayContaining([
      ...systems.map((name) =>
        expect.stringMatching(new RegExp(`^Namespace .*/${name.slice(0, 3)}`)),
      ),
      ...systems.map((name) => expect.stringContaining(`SecretStore ${name}/`)),
      'ExternalSecret grading-system/grading-secrets in -1',
      'ExternalSecret pdf-processing/pdf-processor-secrets in -1',
    ]),
  );
});

function withoutWaveOf(manifest: Manifest): Mutation {
  const name = `${manifest.kind} ${manifest.namespace}/${manifest.name} in ${writtenWave(manifest)}`;
  return { name, subject: manifest.name, manifest, change: withoutWave };
}
