import { textAt } from '../kubernetes/fields.ts';
import type { Manifest } from '../model.ts';
import { resourceOf } from './resources.ts';

/**
 * Where the objects of a kind live: by the CRDs of the repository first, then by what is
 * known of Kubernetes and of bundled CRDs. The lookup gives undefined for other kinds.
 */
export function scopesWith(
  manifests: Iterable<Manifest>,
): (manifest: Manifest) => 'Cluster' | 'Namespaced' | undefined {
  const own = new Map<string, string | undefined>();
  for (const { kind, data } of manifests) {
    if (kind !== 'CustomResourceDefinition') continue;
    const group = textAt(data, ['spec', 'group']);
    const name = textAt(data, ['spec', 'names', 'kind']);
    if (group && name) own.set(`${group}/${name}`, textAt(data, ['spec', 'scope']));
  }
  return ({ apiVersion, kind }) => {
    const scope = own.get(`${apiVersion.split('/')[0]}/${kind}`);
    if (scope === 'Cluster' || scope === 'Namespaced') return scope;
    const resource = resourceOf(apiVersion, kind);
    return resource && (resource.namespaced ? 'Namespaced' : 'Cluster');
  };
}
