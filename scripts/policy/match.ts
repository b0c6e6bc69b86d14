import { field, labelsOf, selects, selectsAll } from './selectors.ts';
import type {
  AdmissionRequest,
  Equivalent,
  GroupVersionResource,
  LabelSelector,
  MatchResources,
  ResourceRule,
} from './types.ts';

/** Whether a policy is about a request; or why that cannot be known. */
export type Match = boolean | { readonly unknown: string };

/** Decides whether a policy's or binding's constraints cover a request. */
export function matchRequest(
  constraints: MatchResources | undefined,
  request: AdmissionRequest,
  rulesRequired: boolean,
): Match {
  const { resourceRules, excludeResourceRules = [], objectSelector } = constraints ?? {};
  const named = resourceRules
    ? coveringResource(constraints ?? {}, resourceRules, request)
    : rulesRequired
      ? undefined
      : request.resource;
  if (!named) return false;
  if (coveringResource(constraints ?? {}, excludeResourceRules, request)) return false;
  const objects = [request.object, request.oldObject].filter((object) => object);
  const selected = selectsAll(objectSelector)
    ? true
    : objects.some((object) => selects(objectSelector, labelsOf(object)));
  return selected && matchNamespace(constraints, request);
}

function matchNamespace(constraints: MatchResources | undefined, request: AdmissionRequest): Match {
  const selector = constraints?.namespaceSelector;
  if (selectsAll(selector)) return true;
  if (isNamespace(request)) return selects(selector, labelsOf(request.object ?? request.oldObject));
  if (!request.namespaced) return true;
  if (!request.namespace) {
    const name = namespaceName(request);
    // The one label that every namespace has.
    if (name !== '' && keysOf(selector).every((key) => key === nameLabel)) {
      return selects(selector, { [nameLabel]: name });
    }
    return { unknown: `labels of namespace "${namespaceName(request)}" are not known` };
  }
  const name = field(field(request.namespace, 'metadata'), 'name');
  const labels = { [nameLabel]: name, ...labelsOf(request.namespace) };
  return selects(selector, labels);
}

const nameLabel = 'kubernetes.io/metadata.name';

function keysOf({ matchLabels = {}, matchExpressions = [] }: LabelSelector = {}): string[] {
  return [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
}

/** The name of the namespace that a request goes to. */
export function namespaceName({ object, oldObject, namespaced }: AdmissionRequest): string {
  if (!namespaced) return '';
  return String(field(field(object ?? oldObject, 'metadata'), 'namespace') ?? '');
}

function isNamespace({ resource }: AdmissionRequest): boolean {
  return resource.group === '' && resource.resource === 'namespaces';
}

/** As which resource a policy sees a request: its own, or an equivalent that a rule names. */
export function matchedResource(
  constraints: MatchResources = {},
  request: AdmissionRequest,
): Equivalent | undefined {
  return coveringResource(constraints, constraints.resourceRules ?? [], request);
}

/** The resource of the request, or an equivalent of it, that a rule names. */
function coveringResource(
  { matchPolicy = 'Equivalent' }: MatchResources,
  rules: readonly ResourceRule[],
  request: AdmissionRequest,
): Equivalent | undefined {
  const exact = rules.some((rule) => covers(rule, request.resource, request));
  if (exact) return request.resource;
  if (matchPolicy === 'Exact') return undefined;
  return request.equivalents?.find((other) => rules.some((rule) => covers(rule, other, request)));
}

function covers(
  rule: ResourceRule,
  named: GroupVersionResource,
  request: AdmissionRequest,
): boolean {
  const { apiGroups = [], apiVersions = [], operations = [], resourceNames = [] } = rule;
  return (
    includes(apiGroups, named.group) &&
    includes(apiVersions, named.version) &&
    includes(operations, request.operation) &&
    (rule.resources ?? []).some((each) => coversResource(each, named.resource, request)) &&
    (resourceNames.length === 0 || resourceNames.includes(nameOf(request))) &&
    coversScope(rule.scope ?? '*', request)
  );
}

function nameOf({ object, oldObject }: AdmissionRequest): string {
  return String(field(field(object ?? oldObject, 'metadata'), 'name'));
}

function includes(list: readonly string[], value: string): boolean {
  return list.includes('*') || list.includes(value);
}

function coversResource(
  pattern: string,
  resource: string,
  { subresource = '' }: AdmissionRequest,
): boolean {
  if (!pattern.includes('/')) {
    return subresource === '' && (pattern === '*' || pattern === resource);
  }
  const [wanted = '', part = ''] = pattern.split('/');
  return (wanted === '*' || wanted === resource) && (part === '*' || part === subresource);
}

/** A Namespace counts as cluster-scoped though it is its own namespace. */
function coversScope(scope: string, request: AdmissionRequest): boolean {
  if (scope === '*') return true;
  return (scope === 'Namespaced') === request.namespaced;
}
