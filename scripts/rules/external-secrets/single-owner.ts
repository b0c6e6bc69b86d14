import { groupOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest } from '../../model.ts';
import { contractOf } from '../../secrets/contract.ts';
import { creationPolicyOf, externalSecretSpecOf } from '../../secrets/external-secret.ts';
import type { SecretProducer } from '../../secrets/producer.ts';

export const singleOwner: ClusterRule = {
  id: 'external-secrets/single-owner',
  scope: 'cluster',
  severity: 'error',
  summary: 'A Secret has one owner, and nothing merges into a Secret that an ExternalSecret owns.',
  why: 'The operator refuses with "secret is owned by another ExternalSecret", or two controllers overwrite each other.',
  fix: 'Let one ExternalSecret fetch everything, or make the first one Orphan and the others Merge.',
  docs: 'https://external-secrets.io/latest/guides/ownership-deletion-policy/',
  aliases: ['ESO206'],

  *check(view) {
    const groups = Map.groupBy(
      contractOf(view).producers.filter(({ namespace }) => namespace !== undefined),
      ({ name, namespace }) => `${namespace}/${name}`,
    );
    for (const [secret, all] of groups) {
      const producers = distinct(all);
      const owner = producers.find((one) => policyOf(one) === 'Owner');
      for (const one of owner ? producers : []) {
        if (one === owner || policyOf(one) === undefined) continue;
        const verb = policyOf(one) === 'Owner' ? 'own' : 'change';
        yield {
          manifest: one.manifest,
          path: nameField(one.manifest),
          message: `Secret ${secret} is owned by ExternalSecret ${owner?.manifest.name}, and this one cannot ${verb} it`,
        };
      }
      const [other] = producers.filter(({ manifest }) => isOtherMaker(manifest));
      if (owner && other) {
        yield {
          manifest: owner.manifest,
          path: nameField(owner.manifest),
          message: `Secret ${secret} is also made by ${other.manifest.kind} ${other.manifest.name}`,
          severity: other.manifest.kind === 'Secret' ? 'warning' : 'error',
          fix: 'Leave one of the two away, or set `creationPolicy: Merge`.',
        };
      }
      yield* repeatedKeys(secret, producers);
    }
  },
};

/** Two that merge into one Secret overwrite each other's key for ever. */
function* repeatedKeys(secret: string, producers: readonly SecretProducer[]) {
  const seen = new Map<string, Manifest>();
  for (const one of producers) {
    const policy = policyOf(one);
    if (policy === undefined || policy === 'Owner') continue;
    for (const key of one.keys) {
      const first = seen.get(key);
      if (first) {
        const message = `key "${key}" of Secret ${secret} is also written by ExternalSecret ${first.name}`;
        yield { manifest: one.manifest, path: nameField(one.manifest), message };
      }
      seen.set(key, first ?? one.manifest);
    }
  }
}

/** One object may be part of two targets, and is still one. */
function distinct(producers: readonly SecretProducer[]): SecretProducer[] {
  const byObject = new Map(
    producers.map((one) => [`${one.manifest.kind}/${one.manifest.name}`, one] as const),
  );
  return [...byObject.values()];
}

function policyOf({ manifest }: SecretProducer): string | undefined {
  const spec = externalSecretSpecOf(manifest);
  return spec && creationPolicyOf(spec.data);
}

function isOtherMaker({ apiVersion, kind }: Manifest): boolean {
  return (
    (kind === 'Secret' && apiVersion === 'v1') ||
    (kind === 'SealedSecret' && groupOf(apiVersion) === 'bitnami.com')
  );
}

function nameField(manifest: Manifest) {
  const spec = externalSecretSpecOf(manifest);
  const hasName = (spec?.data.target as { name?: unknown } | undefined)?.name !== undefined;
  return spec && hasName ? [...spec.path, 'target', 'name'] : ['metadata', 'name'];
}
