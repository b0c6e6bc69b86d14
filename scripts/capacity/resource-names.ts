import { groupOf } from '../kubernetes/manifests.ts';
import type { Manifest } from '../model.ts';

/** The resource of an object as quotas count it: `deployments.apps`, `configmaps`. */
export function resourceNameOf({ apiVersion, kind }: Manifest): string {
  const group = groupOf(apiVersion);
  return `${pluralOf(kind.toLowerCase())}${group === '' ? '' : `.${group}`}`;
}

/** As API resources are named by default; a CRD may say otherwise, and then nothing is counted. */
function pluralOf(kind: string): string {
  if (kind.endsWith('endpoints')) return kind;
  if (/(?:s|x|z|ch|sh)$/.test(kind)) return `${kind}es`;
  if (/[^aeiou]y$/.test(kind)) return `${kind.slice(0, -1)}ies`;
  return `${kind}s`;
}
