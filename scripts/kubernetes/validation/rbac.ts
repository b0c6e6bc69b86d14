import type { FieldPath } from '../../model.ts';
import { type Fault, type Fields, fieldsOf, isBlank, items, plain, quoted } from '../faults.ts';
import { selectorFaults } from '../label-selectors.ts';
import { dnsSubdomain, named, pathSegment } from '../names.ts';

/** A Role or ClusterRole: ValidatePolicyRule of pkg/apis/rbac/validation. */
export function* roleFaults(kind: string, data: Fields): Generator<Fault> {
  for (const [rule, path] of items(data.rules, ['rules'])) {
    yield* ruleFaults(rule, path, kind === 'Role');
  }
  const selectors = ['aggregationRule', 'clusterRoleSelectors'];
  const { clusterRoleSelectors } = fieldsOf(data.aggregationRule);
  for (const [selector, path] of items(clusterRoleSelectors, selectors)) {
    yield* selectorFaults(selector, path);
  }
}

function* ruleFaults(rule: Fields, path: FieldPath, isNamespaced: boolean): Generator<Fault> {
  if (isEmpty(rule.verbs)) yield { path, message: 'a rule has no verbs' };
  if (isEmpty(rule.nonResourceURLs)) {
    const fix = 'The core group is written as "".';
    if (isEmpty(rule.apiGroups)) yield { path, message: 'a rule has no apiGroups', fix };
    if (isEmpty(rule.resources)) yield { path, message: 'a rule has no resources' };
    return;
  }
  const at = [...path, 'nonResourceURLs'];
  const fix = isNamespaced ? 'Use a ClusterRole.' : 'Make two rules of it.';
  if (isNamespaced) yield { path: at, message: 'a Role has nonResourceURLs', fix };
  const others = ['apiGroups', 'resources', 'resourceNames'].filter((name) => !isEmpty(rule[name]));
  if (others.length > 0) {
    yield { path: at, message: `nonResourceURLs stand together with ${others.join(' and ')}`, fix };
  }
}

function isEmpty(list: unknown): boolean {
  return !Array.isArray(list) || list.length === 0;
}

const group = 'rbac.authorization.k8s.io';

/** A RoleBinding or ClusterRoleBinding: ValidateRoleBinding of pkg/apis/rbac/validation. */
export function* bindingFaults(kind: string, data: Fields): Generator<Fault> {
  const role = fieldsOf(data.roleRef);
  if (!isBlank(role.apiGroup) && role.apiGroup !== group) {
    const message = `apiGroup ${quoted(role.apiGroup)} of roleRef is not "${group}"`;
    yield { path: ['roleRef', 'apiGroup'], message };
  }
  if (kind === 'ClusterRoleBinding' && role.kind === 'Role') {
    const message = 'a ClusterRoleBinding refers to a Role';
    yield { path: ['roleRef', 'kind'], message, fix: 'Use a ClusterRole, or a RoleBinding.' };
  }
  yield* named('name', role.name, ['roleRef', 'name'], pathSegment);
  for (const [subject, path] of items(data.subjects, ['subjects'])) {
    yield* subjectFaults(subject, path, kind);
  }
}

function* subjectFaults(subject: Fields, path: FieldPath, kind: string): Generator<Fault> {
  const { apiGroup } = subject;
  if (subject.name === '') yield { path: [...path, 'name'], message: 'name of a subject is empty' };
  if (subject.kind === 'ServiceAccount') {
    if (subject.name !== '') yield* named('name', subject.name, [...path, 'name'], dnsSubdomain);
    if (!isBlank(apiGroup)) {
      const message = `apiGroup ${quoted(apiGroup)} of a ServiceAccount is not ""`;
      yield { path: [...path, 'apiGroup'], message, fix: 'Remove `apiGroup`.' };
    }
    if (isBlank(subject.namespace) && kind === 'ClusterRoleBinding') {
      const message = `ServiceAccount ${quoted(subject.name)} has no namespace`;
      yield { path, message, fix: 'Name the namespace of the ServiceAccount.' };
    }
  } else if (!isBlank(apiGroup) && apiGroup !== group) {
    const message = `apiGroup ${quoted(apiGroup)} of a ${plain(subject.kind)} is not "${group}"`;
    yield { path: [...path, 'apiGroup'], message };
  }
}
