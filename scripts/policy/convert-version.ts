import { fieldsOf } from '../kubernetes/faults.ts';
import { recordAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import { matchedResource } from './match.ts';
import { serverView } from './server-view.ts';
import type { AdmissionRequest, Equivalent, KubernetesObject, MatchResources } from './types.ts';

/** Built-in kinds whose versions have the same fields. */
const unchanged = new Set([
  'admissionregistration.k8s.io MutatingAdmissionPolicy',
  'admissionregistration.k8s.io MutatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io ValidatingAdmissionPolicyBinding',
  'certificates.k8s.io ClusterTrustBundle',
  'networking.k8s.io IPAddress',
  'networking.k8s.io ServiceCIDR',
  'storage.k8s.io VolumeAttributesClass',
]);

/**
 * A request as a policy sees that is about another version of its kind: with the objects in that
 * version. Undefined where converting them takes more than is known here.
 */
export function asMatched(
  constraints: MatchResources | undefined,
  request: AdmissionRequest,
): AdmissionRequest | undefined {
  const resource = matchedResource(constraints, request);
  if (!resource || resource === request.resource) return request;
  const other: Equivalent = resource;
  const [object, oldObject] = [request.object, request.oldObject].map(
    (one) => one && converted(one, other),
  );
  if (object === undefined || (request.oldObject && oldObject === undefined)) return undefined;
  const { group, version, resource: plural } = resource;
  return {
    ...request,
    object,
    ...(oldObject && { oldObject }),
    resource: { group, version, resource: plural },
    original: request,
  };
}

function converted(
  object: KubernetesObject,
  { group, version, isSame = false }: Equivalent,
): KubernetesObject | undefined {
  const kind = String(object.kind);
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const from = String(object.apiVersion);
  if (isSame || unchanged.has(`${groupOf(from)} ${kind}`)) return { ...object, apiVersion };
  const isNewer = from === 'autoscaling/v1' && apiVersion === 'autoscaling/v2';
  const known = kind === 'HorizontalPodAutoscaler' && isNewer ? withMetrics(object) : undefined;
  return known && serverView({ ...known, apiVersion });
}

/** The first version has a field for one metric, and the rest, if any, as text in annotations. */
function withMetrics({ spec, ...object }: KubernetesObject): KubernetesObject | undefined {
  const annotations = Object.keys(recordAt(object, ['metadata', 'annotations']));
  if (annotations.some((key) => key.startsWith('autoscaling.alpha.kubernetes.io/'))) {
    return undefined;
  }
  const { targetCPUUtilizationPercentage: percent, ...kept } = fieldsOf(spec);
  const target = { type: 'Utilization', averageUtilization: percent };
  const cpu = { type: 'Resource', resource: { name: 'cpu', target } };
  return { ...object, spec: { ...kept, metrics: typeof percent === 'number' ? [cpu] : [] } };
}
