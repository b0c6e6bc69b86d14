import { recordAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import { isKsopsStandIn } from '../../kubernetes/ksops.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import { syncedPathsOf } from '../../kubernetes/sync-objects.ts';
import type { ClusterRule, Manifest, Rendered } from '../../model.ts';
import { decodeBase64 } from '../../secrets/base64.ts';
import { ksopsIn } from '../../secrets/ksops-files.ts';
import { isSopsDocument } from '../../secrets/sops.ts';

export const decrypted: ClusterRule = {
  id: 'sops/decrypted',
  scope: 'cluster',
  severity: 'error',
  summary: 'What SOPS encrypted is decrypted by what applies it.',
  why: 'Otherwise the ciphertext becomes the value of the Secret, and the program signs in with it.',
  fix: 'Set `spec.decryption.provider: sops` in the Flux Kustomization itself; with Argo CD use KSOPS or an ExternalSecret.',
  docs: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption',
  aliases: ['SOPS104'],

  *check({ cluster, rendered, sources = [] }) {
    const files = new Map(sources.map((file) => [file.path, file]));
    const manifests = rendered.flatMap((one) => one.manifests);
    for (const one of rendered) {
      const engine =
        cluster?.engine ?? (one.target.engines.length === 1 ? one.target.engines[0] : undefined);
      const ksops = ksopsIn(one, files);
      for (const { location } of engine === 'flux' ? ksops.generators : []) {
        yield { location, message: 'Flux runs no KSOPS, and its build fails here', fix: fluxFix };
      }
      for (const manifest of one.manifests) {
        const bare = bareKey(manifest);
        if (bare) {
          const message = `${bare.join('.')} is ciphertext that nothing decrypts: it has no SOPS metadata`;
          yield { manifest, path: bare, message };
          continue;
        }
        const mac = textAt(manifest.data, ['sops', 'mac']);
        if (!isSopsDocument(manifest.data) || !mac) continue;
        if (isKsopsStandIn(manifest.data) || ksops.macs.has(mac)) continue;
        const path = ['sops'];
        const off = 'kustomize.toolkit.fluxcd.io/decrypt';
        if (recordAt(manifest.data, ['metadata', 'annotations'])[off] === 'disabled') {
          yield {
            manifest,
            path: ['metadata', 'annotations', off],
            message: 'decryption is disabled',
          };
        } else if (engine === 'argocd') {
          yield { manifest, path, message: 'Argo CD applies the encrypted object as it stands' };
        } else if (engine === 'flux' && isUndecrypted(one, manifests)) {
          yield {
            manifest,
            path,
            message: 'the Flux Kustomization that applies it does not decrypt',
          };
        }
      }
    }
  },
};

const fluxFix =
  'List the encrypted files under `resources`, and set `spec.decryption.provider: sops` in the Flux Kustomization.';

/** A value of a Secret that is a lone ciphertext; Flux decrypts whole files and objects only. */
function bareKey({ apiVersion, kind, data }: Manifest): string[] | undefined {
  if (kind !== 'Secret' || apiVersion !== 'v1' || isSopsDocument(data)) return undefined;
  for (const field of ['data', 'stringData']) {
    const values = recordAt(data, [field]);
    // A dotenv or file that SOPS encrypted as a whole keeps its own metadata among the keys.
    if (Object.keys(values).some((key) => key.startsWith('sops_'))) return undefined;
    for (const [key, value] of Object.entries(values)) {
      if (typeof value !== 'string') continue;
      const text = field === 'data' ? decodeBase64(value)?.toString() : value;
      if (text?.startsWith('ENC[AES256_GCM,')) return [field, key];
    }
  }
  return undefined;
}

/** Whether every Flux Kustomization of a target is there to be read, and none decrypts. */
function isUndecrypted({ target }: Rendered, manifests: readonly Manifest[]): boolean {
  const appliers = manifests.filter(
    (one) =>
      one.kind === 'Kustomization' &&
      groupOf(one.apiVersion) === 'kustomize.toolkit.fluxcd.io' &&
      syncedPathsOf(one).some(({ path }) => path === target.path),
  );
  return (
    appliers.length > 0 &&
    appliers.every((one) => valueAt(one.data, ['spec', 'decryption', 'provider']) !== 'sops')
  );
}
