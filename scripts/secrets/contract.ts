import { posix } from 'node:path';
import { groupOf } from '../kubernetes/manifests.ts';
import type { ClusterView, Manifest } from '../model.ts';
import { ksopsIn } from './ksops-files.ts';
import { type Labels, selects, settledLabels } from './label-selector.ts';
import { valuesAt } from './paths.ts';
import type { SecretProducer } from './producer.ts';
import { secretProducersOf } from './producers.ts';
import { isName, type SecretReference } from './reference.ts';
import { secretReferencesOf } from './references.ts';

/** What everything in one cluster makes and needs of Secrets. */
export interface SecretContract {
  readonly references: readonly SecretReference[];
  readonly producers: readonly SecretProducer[];
  /** Whether all that lands in the cluster is seen, so that what is not there is missing. */
  readonly complete: boolean;
  /** Whether something could not be rendered, and may have had what is missing. */
  readonly broken: boolean;
  /** What makes the Secret that a reference names, in its namespace or in one nobody knows. */
  producersFor(reference: SecretReference): readonly SecretProducer[];
  /** What makes a Secret of that name in any namespace. */
  producersNamed(name: string): readonly SecretProducer[];
  /** Whether the Secret exists without Git, or whether an unknown kind may make it. */
  isElsewhere(reference: SecretReference): boolean;
}

const contracts = new WeakMap<ClusterView, SecretContract>();

/** Reads the contract of a cluster, once a run. */
export function contractOf(view: ClusterView): SecretContract {
  let contract = contracts.get(view);
  if (!contract) {
    contract = readContract(view);
    contracts.set(view, contract);
  }
  return contract;
}

function readContract(view: ClusterView): SecretContract {
  const manifests = view.rendered.flatMap((one) => one.manifests);
  const producers = manifests.flatMap((one) => secretProducersOf(one));
  const byName = Map.groupBy(producers, ({ name }) => name);
  const mentions = mentionedNames(manifests);
  const declared = new Set(view.cluster?.external.secrets);
  const complete = isComplete(view);
  const labels = new Map<string, Labels | undefined>();
  const labelsOf = (namespace: string) => {
    if (!labels.has(namespace)) labels.set(namespace, settledLabels(namespace, view));
    return labels.get(namespace);
  };
  const leavesOut = ({ selectors }: SecretProducer, namespace: string | undefined) => {
    const own = selectors && complete && namespace !== undefined ? labelsOf(namespace) : undefined;
    return own !== undefined && selectors?.every((one) => selects(one, own) === false);
  };
  return {
    references: manifests.flatMap((one) => secretReferencesOf(one)),
    producers,
    complete,
    broken: view.rendered.some(({ failures }) => failures.length > 0) || hasHiddenNames(view),
    producersFor: ({ name, namespace }) =>
      (byName.get(name) ?? []).filter(
        (one) => couldMeet(one.namespace, namespace) && !leavesOut(one, namespace),
      ),
    producersNamed: (name) => byName.get(name) ?? [],
    isElsewhere: ({ name, namespace, key }) =>
      mentions.has(name) || isDeclared(declared, name, namespace, key),
  };
}

function hasHiddenNames({ rendered, sources = [] }: ClusterView): boolean {
  const files = new Map(sources.map((file) => [file.path, file]));
  return rendered.some((one) => ksopsIn(one, files).hidesNames);
}

/** Two namespaces are the same, or one of them is not known. */
function couldMeet(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function isDeclared(
  declared: ReadonlySet<string>,
  name: string,
  namespace: string | undefined,
  key: string | undefined,
): boolean {
  if (namespace !== undefined) {
    const secret = `${namespace}/${name}`;
    return declared.has(secret) || (key !== undefined && declared.has(`${secret}/${key}`));
  }
  return [...declared].some((one) => one.split('/')[1] === name);
}

/**
 * The wiring of a cluster is among its targets unless only some of them were asked for.
 * Nobody knows what else is in a cluster that is not described.
 */
function isComplete({ cluster, rendered }: ClusterView): boolean {
  if (!cluster) return false;
  const folder = cluster.file.endsWith('.yaml') ? posix.dirname(cluster.file) : cluster.file;
  return rendered.some(
    ({ target }) => target.path === folder || target.path.startsWith(`${folder}/`),
  );
}

const readKinds: ReadonlySet<string> = new Set([
  '',
  'apps',
  'batch',
  'networking.k8s.io',
  'gateway.networking.k8s.io',
  'rbac.authorization.k8s.io',
  'bitnami.com',
  'external-secrets.io',
  'cert-manager.io',
  'keda.sh',
]);

/**
 * Names that custom resources of unknown kinds give for Secrets: their controllers may as
 * well make them as need them.
 */
function mentionedNames(manifests: readonly Manifest[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const manifest of manifests) {
    if (readKinds.has(groupOf(manifest.apiVersion))) continue;
    const own = new Set(secretReferencesOf(manifest).map(({ name }) => name));
    for (const { value, path } of valuesAt(manifest.data, 'spec.**')) {
      if (!isName(value) || own.has(value)) continue;
      if (path.some((step) => /secret|credential/i.test(`${step}`))) names.add(value);
    }
  }
  return names;
}
