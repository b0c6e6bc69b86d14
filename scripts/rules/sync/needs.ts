import { configMapReferencesOf } from '../../cluster/config-map-references.ts';
import { isRecord, listAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { Manifest } from '../../model.ts';
import { storeReferencesOf } from '../../secrets/external-secret-places.ts';
import { podSpecOf } from '../../secrets/pod-specs.ts';
import { secretProducersOf } from '../../secrets/producers.ts';
import { secretReferencesOf } from '../../secrets/references.ts';

/** An object without which another does not become ready, as `Secret web/db`. */
export type Needed = string;

/** Kinds whose pods must run before a sync goes on. What a CronJob needs may come later. */
const running = new Set(['DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'StatefulSet']);

/** Everything that an object needs in order to become ready, and that is no option. */
export function needsOf(manifest: Manifest): Needed[] {
  const { kind, apiVersion, namespace } = manifest;
  const group = groupOf(apiVersion);
  if (group === 'argoproj.io' && kind === 'Application') return projectOf(manifest);
  const isStore = group === 'external-secrets.io' && /^(Cluster)?SecretStore$/.test(kind);
  const isUnit = group.endsWith('.toolkit.fluxcd.io');
  if (group === 'external-secrets.io' && kind === 'ExternalSecret') {
    return storeReferencesOf(manifest).map((one) =>
      one.kind === 'SecretStore'
        ? named('SecretStore', namespace, one.name)
        : named(one.kind, '', one.name),
    );
  }
  if (!isStore && !isUnit && !isRunning(manifest)) return [];
  return [
    ...secretReferencesOf(manifest)
      .filter(({ optional, use }) => !optional && use !== 'pull')
      .map((one) => named('Secret', one.namespace, one.name)),
    ...configMapReferencesOf(manifest)
      .filter(({ optional }) => !optional)
      .map(({ name }) => named('ConfigMap', namespace, name)),
    ...(isStore ? storeAccounts(manifest) : podNeeds(manifest)),
  ];
}

function isRunning({ kind, data }: Manifest): boolean {
  const isIdle =
    valueAt(data, ['spec', 'replicas']) === 0 || valueAt(data, ['spec', 'suspend']) === true;
  return running.has(kind) && !isIdle;
}

function podNeeds(manifest: Manifest): Needed[] {
  const pod = podSpecOf(manifest)?.data;
  const account = textAt(pod, ['serviceAccountName']);
  const priority = textAt(pod, ['priorityClassName']);
  const claims = listAt(pod, ['volumes']).flatMap(
    (volume) => textAt(volume, ['persistentVolumeClaim', 'claimName']) ?? [],
  );
  return [
    ...(account ? [named('ServiceAccount', manifest.namespace, account)] : []),
    ...(priority ? [named('PriorityClass', '', priority)] : []),
    ...claims.map((claim) => named('PersistentVolumeClaim', manifest.namespace, claim)),
  ];
}

function projectOf({ data, namespace }: Manifest): Needed[] {
  const project = textAt(data, ['spec', 'project']) ?? 'default';
  return project === 'default' ? [] : [named('AppProject', namespace, project)];
}

/** The ServiceAccounts as which a store signs in; each provider says them in its own place. */
function storeAccounts({ data, namespace }: Manifest): Needed[] {
  const found: Needed[] = [];
  const left: unknown[] = [valueAt(data, ['spec', 'provider'])];
  for (let at = left.pop(); at !== undefined && found.length < 20; at = left.pop()) {
    if (!isRecord(at)) continue;
    const account = textAt(at, ['serviceAccountRef', 'name']);
    const of = textAt(at, ['serviceAccountRef', 'namespace']) ?? namespace;
    if (account) found.push(named('ServiceAccount', of, account));
    left.push(...Object.values(at).filter(isRecord));
  }
  return found;
}

const objects = new Set([
  'AppProject',
  'ClusterSecretStore',
  'ConfigMap',
  'PersistentVolumeClaim',
  'PriorityClass',
  'SecretStore',
  'ServiceAccount',
]);

/** What others may need that an object is, or that its controller makes of it. */
export function madeBy(manifest: Manifest): Needed[] {
  const { kind, name, namespace } = manifest;
  if (objects.has(kind)) return [named(kind, namespace, name)];
  return secretProducersOf(manifest)
    .filter(({ creates, namespace: of }) => creates && of !== undefined)
    .map((one) => named('Secret', one.namespace, one.name));
}

function named(kind: string, namespace: string | undefined, name: string): Needed {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
