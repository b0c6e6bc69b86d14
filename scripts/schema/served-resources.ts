import { items } from '../kubernetes/faults.ts';
import { textAt, valueAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { Manifest } from '../model.ts';
import { builtInResources, crdResources, type Resource, type Resources } from './resources.ts';

/** Another version of a kind, as requests name it. */
interface ServedVersion {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  /** Whether the versions differ in nothing but the object's `apiVersion`. */
  readonly isSame?: boolean;
}

/** A resource with the other versions of it, where there are any. */
interface ServedResource extends Resource {
  readonly equivalents?: readonly ServedVersion[];
}

/** The resource of a kind; undefined where nobody knows it. */
export type FindResource = (apiVersion: string, kind: string) => ServedResource | undefined;

/**
 * Finds resources of a Kubernetes version, of the bundled custom kinds, and of those that CRDs
 * among the manifests define: these come first.
 */
export function servedResources(
  manifests: readonly Manifest[],
): (kubernetes?: string) => FindResource {
  const own = ownResources(manifests);
  return (kubernetes) => {
    const catalogue = [builtInResources(kubernetes), crdResources()];
    return (apiVersion, kind) => {
      const defined = own.get(`${apiVersion}/${kind}`);
      if (defined) return defined;
      const resources = catalogue.find((each) => each[apiVersion] !== undefined);
      const known = resources?.[apiVersion];
      const resource = known && Object.hasOwn(known, kind) ? known[kind] : undefined;
      if (!resources || resource?.plural === undefined) return undefined;
      const { plural, namespaced = false } = resource;
      const equivalents = othersOf(resources, apiVersion, kind);
      return { plural, namespaced, ...(equivalents.length > 0 && { equivalents }) };
    };
  };
}

const versions = new WeakMap<Resources, Map<string, ServedVersion[]>>();

/** The other versions of a kind in one catalogue. */
function othersOf(resources: Resources, apiVersion: string, kind: string): ServedVersion[] {
  const byKind = versions.get(resources) ?? new Map<string, ServedVersion[]>();
  if (!versions.has(resources)) {
    versions.set(resources, byKind);
    for (const [each, kinds] of Object.entries(resources)) {
      const [group, version] = [groupOf(each), each.slice(each.indexOf('/') + 1)];
      for (const [name, { plural: resource }] of Object.entries(kinds)) {
        if (resource === undefined) continue;
        const key = `${group}/${name}`;
        byKind.set(key, [...(byKind.get(key) ?? []), { group, version, resource }]);
      }
    }
  }
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const all = byKind.get(`${groupOf(apiVersion)}/${kind}`) ?? [];
  return all.length < 2 ? [] : all.filter((each) => each.version !== version);
}

/** The resources of kinds that the repository itself defines, by `apiVersion/Kind`. */
function ownResources(manifests: readonly Manifest[]): Map<string, ServedResource> {
  const own = new Map<string, ServedResource>();
  for (const { kind, data } of manifests) {
    if (kind !== 'CustomResourceDefinition') continue;
    const [group = '', name, plural] = [['group'], ['names', 'kind'], ['names', 'plural']].map(
      (path) => textAt(data, ['spec', ...path]),
    );
    if (!plural) continue;
    const namespaced = textAt(data, ['spec', 'scope']) === 'Namespaced';
    // Without a webhook the API server writes another `apiVersion` and nothing else.
    const isSame = (textAt(data, ['spec', 'conversion', 'strategy']) ?? 'None') === 'None';
    const served = items(valueAt(data, ['spec', 'versions']), []).map(([version]) => ({
      version: textAt(version, ['name']) ?? '',
      isServed: version.served !== false,
    }));
    for (const { version } of served) {
      const equivalents = served
        .filter((other) => other.isServed && other.version !== version)
        .map((other) => ({ group, version: other.version, resource: plural, isSame }));
      own.set(`${group}/${version}/${name}`, {
        plural,
        namespaced,
        ...(equivalents.length > 0 && { equivalents }),
      });
    }
  }
  return own;
}
