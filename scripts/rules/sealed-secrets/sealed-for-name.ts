import { manifestsOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest, Problem } from '../../model.ts';
import { isSealedSecret, scopeOf, sealedValues, witnessOf } from '../../secrets/sealed-secret.ts';

export const sealedForName: ClusterRule = {
  id: 'sealed-secrets/sealed-for-name',
  scope: 'cluster',
  severity: 'error',
  summary: 'A SealedSecret is applied under the name and namespace that it was sealed for.',
  why: 'They are part of the encryption: after a prefix or another namespace no key opens it.',
  fix: 'Seal it again for this overlay (`presync seal`), or namespace-wide.',
  docs: 'https://github.com/bitnami-labs/sealed-secrets#scopes',
  aliases: ['SEAL302'],

  *check({ rendered, sources = [] }) {
    // A ciphertext that stands in two files tells nothing of where it belongs.
    const written = new Map<string, Manifest | undefined>();
    for (const { path, documents } of sources) {
      for (const manifest of manifestsOf(documents, { origin: { file: path } })) {
        if (!isSealedSecret(manifest)) continue;
        for (const [, value] of sealedValues(manifest)) {
          written.set(value, written.has(value) ? undefined : manifest);
        }
      }
    }
    for (const manifest of rendered.flatMap((one) => one.manifests)) {
      const problem = isSealedSecret(manifest) ? judge(manifest, written) : undefined;
      if (problem) yield problem;
    }
  },
};

function judge(
  manifest: Manifest,
  written: ReadonlyMap<string, Manifest | undefined>,
): Problem | undefined {
  const scope = scopeOf(manifest);
  if (scope === 'cluster-wide') return undefined;
  const sealed = sealedFor(manifest, written);
  const differs =
    (scope === 'strict' && sealed.name !== undefined && sealed.name !== manifest.name) ||
    (sealed.namespace !== undefined &&
      manifest.namespace !== undefined &&
      sealed.namespace !== manifest.namespace);
  if (!differs) return undefined;
  const was = `${sealed.namespace ?? manifest.namespace ?? ''}/${sealed.name ?? manifest.name}`;
  const is = `${manifest.namespace ?? ''}/${manifest.name}`;
  const message = `it was sealed as ${was.replace(/^\//, '')}, and becomes ${is.replace(/^\//, '')}`;
  return { manifest, path: ['metadata', 'name'], message };
}

/**
 * kubeseal notes the name in the template, which kustomize leaves alone; where it is not
 * there, the file that has this very ciphertext tells what it was.
 */
function sealedFor(manifest: Manifest, written: ReadonlyMap<string, Manifest | undefined>) {
  const witness = witnessOf(manifest);
  const [first] = sealedValues(manifest);
  const source = first ? written.get(first[1]) : undefined;
  // A template that a nameReference rewrote says nothing; the written one still does.
  const own = source ? { ...identity(source), ...witnessOf(source) } : {};
  return { ...witness, ...own };
}

function identity({ name, namespace }: Manifest) {
  return { name, ...(namespace && { namespace }) };
}
