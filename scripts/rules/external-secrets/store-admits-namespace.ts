import type { RE2JS } from 're2js';
import { isRecord, listAt, recordAt, textAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, ClusterView, Manifest } from '../../model.ts';
import { storeReferencesOf } from '../../secrets/external-secret-places.ts';
import { type Labels, namespaceLabels, selects } from '../../secrets/label-selector.ts';
import { re2 } from '../../shared/re2.ts';

export const storeAdmitsNamespace: ClusterRule = {
  id: 'external-secrets/store-admits-namespace',
  scope: 'cluster',
  severity: 'error',
  summary: 'A ClusterSecretStore with conditions admits the namespaces that use it.',
  why: 'The operator refuses to fetch for a namespace that no condition names.',
  fix: "Add the namespace to the store's conditions, or use a store that admits it.",
  docs: 'https://external-secrets.io/latest/api/clustersecretstore/',
  aliases: ['ESO203'],

  *check(view) {
    const manifests = view.rendered.flatMap((one) => one.manifests);
    const stores = new Map(
      manifests
        .filter(
          (one) =>
            one.kind === 'ClusterSecretStore' && groupOf(one.apiVersion) === 'external-secrets.io',
        )
        .map((one) => [one.name, one]),
    );
    for (const store of stores.values()) {
      for (const path of brokenPatterns(store)) {
        yield { manifest: store, path, message: 'the pattern is no regular expression' };
      }
    }
    for (const manifest of manifests) {
      if (manifest.kind === 'ClusterExternalSecret' || !manifest.namespace) continue;
      for (const { kind, name, path } of storeReferencesOf(manifest)) {
        const store = kind === 'ClusterSecretStore' ? stores.get(name) : undefined;
        if (!store || admits(store, manifest.namespace, view) !== false) continue;
        const message = `ClusterSecretStore ${name} does not admit namespace ${manifest.namespace}`;
        yield { manifest, path, message };
      }
    }
  },
};

/** Whether any condition names the namespace; undefined when its labels are not known. */
function admits(store: Manifest, namespace: string, view: ClusterView): boolean | undefined {
  const conditions = listAt(store.data, ['spec', 'conditions']);
  if (conditions.length === 0) return true;
  const labels = namespaceLabels(namespace, view);
  const verdicts = conditions.map((one) => meets(one, namespace, labels));
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}

function meets(
  condition: unknown,
  namespace: string,
  labels: Labels | undefined,
): boolean | undefined {
  if (listAt(condition, ['namespaces']).includes(namespace)) return true;
  // Not anchored: `prod` admits `nonprod` too.
  const patterns = listAt(condition, ['namespaceRegexes']).map((one) => compile(String(one)));
  if (patterns.some((pattern) => pattern?.matcher(namespace).find())) return true;
  if (patterns.includes(undefined)) return undefined;
  const selector = recordAt(condition, ['namespaceSelector']);
  if (!isRecord(condition) || condition.namespaceSelector === undefined) return false;
  return labels ? selects(selector, labels) : undefined;
}

function* brokenPatterns(store: Manifest) {
  for (const [index, condition] of listAt(store.data, ['spec', 'conditions']).entries()) {
    for (const [at] of listAt(condition, ['namespaceRegexes']).entries()) {
      const pattern = textAt(condition, ['namespaceRegexes', at]);
      if (pattern !== undefined && compile(pattern) === undefined) {
        yield ['spec', 'conditions', index, 'namespaceRegexes', at];
      }
    }
  }
}

function compile(pattern: string): RE2JS | undefined {
  try {
    return re2().compile(pattern);
  } catch {
    return undefined;
  }
}
