import { fromJson } from '../cel/json.ts';
import { struct, type Value } from '../cel/values.ts';
import { namespaceName } from './match.ts';
import { field } from './selectors.ts';
import type { AdmissionRequest, KubernetesObject } from './types.ts';
import { UndecidableError } from './undecidable.ts';

/** `request` as expressions see it: empty fields do not exist, and an unknown user is undecidable. */
export function requestValue(request: AdmissionRequest): Value {
  const { object, oldObject, operation, resource, subresource, user, original = request } = request;
  const subject = object ?? oldObject;
  const name = field(field(subject, 'metadata'), 'name');
  const namespace = namespaceName(request);
  const known: Readonly<Record<string, unknown>> = {
    kind: kindOf(subject),
    resource,
    requestKind: kindOf(original.object ?? original.oldObject),
    requestResource: original.resource,
    operation,
    dryRun: false,
    options: null,
    ...(subresource && { subResource: subresource, requestSubResource: subresource }),
    ...(name !== undefined && name !== '' && { name }),
    ...(namespace !== '' && { namespace }),
    ...(user && { userInfo: user }),
  };
  return struct((name) => {
    if (name === 'userInfo' && !user) {
      throw new UndecidableError('the user of the request is known to a cluster only');
    }
    return Object.hasOwn(known, name) ? fromJson(known[name]) : undefined;
  });
}

function kindOf(subject: KubernetesObject | null | undefined): KubernetesObject {
  const apiVersion = String(field(subject, 'apiVersion') ?? '');
  const slash = apiVersion.indexOf('/');
  return {
    group: slash === -1 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: field(subject, 'kind') ?? '',
  };
}
