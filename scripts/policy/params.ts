import { field, labelsOf, selects } from './selectors.ts';
import type { BindingSpec, KubernetesObject, PolicySpec } from './types.ts';

/** The parameters of a binding: an object for each, or why there are none. */
export type FoundParams =
  | { readonly params: readonly (KubernetesObject | null)[] }
  | { readonly error: string };

/**
 * Finds a binding's parameters among objects. Without a namespace in the reference, namespaced
 * parameters come from the request's own. A policy without a kind of parameters has none.
 */
export function findParams(
  policy: PolicySpec,
  { paramRef }: BindingSpec,
  objects: readonly KubernetesObject[],
  requestNamespace: string,
): FoundParams {
  const { paramKind } = policy;
  if (!paramKind || !paramRef) return { params: [null] };
  const found = objects.filter((object) => {
    const namespace = field(field(object, 'metadata'), 'namespace');
    return (
      object.apiVersion === paramKind.apiVersion &&
      object.kind === paramKind.kind &&
      (namespace === undefined ||
        paramRef.anyNamespace === true ||
        namespace === (paramRef.namespace || requestNamespace)) &&
      (paramRef.name === undefined || field(field(object, 'metadata'), 'name') === paramRef.name) &&
      (paramRef.selector === undefined || selects(paramRef.selector, labelsOf(object)))
    );
  });
  if (found.length > 0) return { params: found };
  if (paramRef.parameterNotFoundAction === 'Allow') return { params: [] };
  return {
    error:
      'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction',
  };
}
