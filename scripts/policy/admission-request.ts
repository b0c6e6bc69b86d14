import { groupOf } from '../kubernetes/manifests.ts';
import type { Manifest } from '../model.ts';
import { serverView } from './server-view.ts';
import type { AdmissionRequest, Equivalent, KubernetesObject } from './types.ts';

/** How the API server names the objects of a kind; undefined for kinds that nobody knows. */
export type ResourceOf = (
  apiVersion: string,
  kind: string,
) =>
  | {
      readonly plural: string;
      readonly namespaced: boolean;
      /** The other versions that the kind is served in. */
      readonly equivalents?: readonly Equivalent[];
    }
  | undefined;

/** What a request is made with besides its object. */
export interface RequestContext {
  readonly resourceOf: ResourceOf;
  /** The Namespace objects of the cluster by name. */
  readonly namespaces: ReadonlyMap<string, KubernetesObject>;
  /** What the object was before, where a base is known and had it. */
  readonly before?: (manifest: Manifest) => Manifest | undefined;
}

/**
 * The request by which a manifest reaches the API server: it creates the object, or updates what
 * the base had. Undefined for a kind whose resource is not known.
 */
export function requestFor(
  manifest: Manifest,
  { resourceOf, namespaces, before }: RequestContext,
): AdmissionRequest | undefined {
  const { apiVersion, kind } = manifest;
  const resource = resourceOf(apiVersion, kind);
  if (!resource) return undefined;
  const old = before?.(manifest);
  const found = resource.namespaced ? namespaces.get(manifest.namespace ?? '') : undefined;
  return {
    operation: old ? 'UPDATE' : 'CREATE',
    object: serverView(manifest.data),
    ...(old && { oldObject: serverView(old.data) }),
    resource: {
      group: groupOf(apiVersion),
      version: apiVersion.slice(apiVersion.indexOf('/') + 1),
      resource: resource.plural,
    },
    ...(resource.equivalents && { equivalents: resource.equivalents }),
    namespaced: resource.namespaced,
    ...(found && { namespace: found }),
  };
}
