import { groupOf } from '../../kubernetes/manifests.ts';
import type { ManifestRule } from '../../model.ts';

export const servedVersion: ManifestRule = {
  id: 'external-secrets/served-version',
  scope: 'manifest',
  severity: 'error',
  summary: 'ExternalSecrets and stores use the version that the operator serves.',
  why: 'External Secrets 0.17 stopped serving v1beta1, and 0.16 v1alpha1: the API server refuses the object.',
  fix: 'Write `apiVersion: external-secrets.io/v1`.',
  docs: 'https://external-secrets.io/latest/introduction/stability-support/',
  aliases: ['ESO201'],

  *check(manifest) {
    const { apiVersion, kind } = manifest;
    if (groupOf(apiVersion) !== 'external-secrets.io' || !kinds.has(kind)) return;
    const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
    const since = unserved[version];
    if (!since) return;
    const message = `${kind} ${version} is not served since External Secrets ${since}`;
    yield { manifest, path: ['apiVersion'], message };
  },
};

/** PushSecret is v1alpha1 to this day. */
const kinds: ReadonlySet<string> = new Set([
  'ExternalSecret',
  'ClusterExternalSecret',
  'SecretStore',
  'ClusterSecretStore',
]);

const unserved: Readonly<Record<string, string>> = { v1alpha1: '0.16', v1beta1: '0.17' };
