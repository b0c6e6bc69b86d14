import { groupOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, ClusterView, Manifest, Problem } from '../../model.ts';
import { contractOf } from '../../secrets/contract.ts';
import { type StoreReference, storeReferencesOf } from '../../secrets/external-secret-places.ts';
import { renamesIn } from '../../secrets/renames.ts';
import { nearest } from '../../shared/nearest.ts';

export const storeExists: ClusterRule = {
  id: 'external-secrets/store-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'The store that an ExternalSecret names exists, in its namespace or cluster-wide.',
  why: 'Without its store an ExternalSecret fetches nothing, and the Secret never comes.',
  fix: 'Correct `kind` and `name` of the store, or declare it under `external.stores` in cluster.yaml.',
  docs: 'https://external-secrets.io/latest/api/externalsecret/',
  aliases: ['ESO202'],

  *check(view) {
    const { broken, complete } = contractOf(view);
    if (broken) return;
    const stores = storesIn(view);
    for (const manifest of view.rendered.flatMap((one) => one.manifests)) {
      for (const reference of storeReferencesOf(manifest)) {
        const problem = judge(manifest, reference, stores, complete);
        if (problem) yield problem;
      }
    }
  },
};

interface Stores {
  readonly manifests: readonly Manifest[];
  /** Namespaced ones as `namespace/name`, cluster-wide ones as `name`. */
  readonly declared: ReadonlySet<string>;
  readonly couldMake: ReturnType<typeof renamesIn>['couldMake'];
}

function storesIn(view: ClusterView): Stores {
  const manifests = view.rendered
    .flatMap((one) => one.manifests)
    .filter(
      ({ apiVersion, kind }) =>
        groupOf(apiVersion) === 'external-secrets.io' && /^(Cluster)?SecretStore$/.test(kind),
    );
  const declared = new Set(view.cluster?.external.stores);
  return { manifests, declared, couldMake: renamesIn(view).couldMake };
}

function judge(
  manifest: Manifest,
  { kind, name, path, kindPath }: StoreReference,
  { manifests, declared, couldMake }: Stores,
  complete: boolean,
): Problem | undefined {
  const namespace = manifest.kind === 'ClusterExternalSecret' ? undefined : manifest.namespace;
  const full = namespace ? `${namespace}/${name}` : name;
  const problem = (message: string, fix?: string, severity?: 'warning'): Problem => ({
    manifest,
    path,
    message,
    ...(fix && { fix }),
    ...(severity && { severity }),
  });
  const findRenamed = () =>
    manifests.find((one) => one.kind === kind && couldMake(manifest.target?.path, name, one.name));
  const renamedFix = 'Leave the prefix away, or ship a `nameReference` configuration.';
  if (kind === 'ClusterSecretStore') {
    const all = manifests.filter((one) => one.kind === kind);
    if (declared.has(name) || all.some((one) => one.name === name)) return undefined;
    const renamed = findRenamed();
    if (renamed)
      return problem(`ClusterSecretStore ${name} was renamed to ${renamed.name}`, renamedFix);
    const own = manifests.some(
      (one) =>
        one.kind === 'SecretStore' &&
        one.name === name &&
        (!namespace || !one.namespace || one.namespace === namespace),
    );
    if (own) {
      const message = `there is no ClusterSecretStore ${name}; a SecretStore ${full} exists`;
      return { ...problem(message, 'Write `kind: SecretStore`.'), path: kindPath };
    }
    const meant = nearest(
      name,
      all.map((one) => one.name),
    );
    // Whoever runs the platform may have made it; only a whole cluster shows that nobody did.
    if (!complete && !meant) return undefined;
    const fix = meant ? `Did you mean "${meant}"?` : undefined;
    return problem(`there is no ClusterSecretStore ${name}`, fix, 'warning');
  }
  if (kind !== 'SecretStore') return undefined;
  const named = manifests.filter((one) => one.kind === kind && one.name === name);
  const near = named.some((one) => !namespace || !one.namespace || one.namespace === namespace);
  if (near || declared.has(full)) return undefined;
  const isDeclaredSomewhere = !namespace && [...declared].some((one) => one.endsWith(`/${name}`));
  if (isDeclaredSomewhere) return undefined;
  const renamed = findRenamed();
  if (renamed) return problem(`SecretStore ${full} was renamed to ${renamed.name}`, renamedFix);
  const clusterWide = manifests.some((one) => one.kind !== kind && one.name === name);
  if (clusterWide || declared.has(name)) {
    const message = `there is no SecretStore ${full}; a ClusterSecretStore ${name} exists`;
    return { ...problem(message, 'Write `kind: ClusterSecretStore`.'), path: kindPath };
  }
  const [other] = named;
  if (other) {
    const message = `SecretStore ${name} is in namespace ${other.namespace}, not in ${namespace}`;
    return problem(message, 'Make a store here, or use a ClusterSecretStore.');
  }
  const meant = nearest(
    name,
    manifests.filter((one) => one.kind === kind).map((one) => one.name),
  );
  const fix = meant ? `Did you mean "${meant}"?` : undefined;
  return problem(`there is no SecretStore ${full}`, fix, complete ? undefined : 'warning');
}
