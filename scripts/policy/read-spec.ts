import { type Fields, fieldsOf } from '../kubernetes/faults.ts';
import { isRecord } from '../kubernetes/fields.ts';
import type {
  BindingSpec,
  LabelSelector,
  MatchResources,
  PolicySpec,
  ResourceRule,
} from './types.ts';

/** A policy's `spec`, whatever is written there: what is of a wrong type counts as absent. */
export function readPolicySpec(spec: unknown): PolicySpec {
  const fields = fieldsOf(spec);
  return {
    ...(isRecord(fields.paramKind) && { paramKind: fields.paramKind }),
    ...(isRecord(fields.matchConstraints) && {
      matchConstraints: readMatch(fields.matchConstraints),
    }),
    failurePolicy: fields.failurePolicy === 'Ignore' ? 'Ignore' : 'Fail',
    matchConditions: named(fields.matchConditions),
    variables: named(fields.variables),
    validations: entries(fields.validations).map((each) => ({
      expression: text(each.expression),
      ...(each.message !== undefined && { message: text(each.message) }),
      ...(each.messageExpression !== undefined && {
        messageExpression: text(each.messageExpression),
      }),
    })),
  };
}

/** A binding's `spec`, read in the same way. */
export function readBindingSpec(spec: unknown): BindingSpec {
  const { policyName, paramRef, matchResources, validationActions } = fieldsOf(spec);
  return {
    policyName: text(policyName),
    ...(isRecord(paramRef) && { paramRef: readParamRef(paramRef) }),
    ...(isRecord(matchResources) && { matchResources: readMatch(matchResources) }),
    validationActions: texts(validationActions) as BindingSpec['validationActions'] & object,
  };
}

function readParamRef(fields: Fields): NonNullable<BindingSpec['paramRef']> {
  const { name, namespace, selector, parameterNotFoundAction } = fields;
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof namespace === 'string' && { namespace }),
    ...(isRecord(selector) && { selector: readSelector(selector) }),
    parameterNotFoundAction: parameterNotFoundAction === 'Allow' ? 'Allow' : 'Deny',
  };
}

function readMatch(fields: Fields): MatchResources {
  const { resourceRules, excludeResourceRules, namespaceSelector, objectSelector } = fields;
  return {
    ...(Array.isArray(resourceRules) && { resourceRules: entries(resourceRules).map(readRule) }),
    excludeResourceRules: entries(excludeResourceRules).map(readRule),
    ...(isRecord(namespaceSelector) && { namespaceSelector: readSelector(namespaceSelector) }),
    ...(isRecord(objectSelector) && { objectSelector: readSelector(objectSelector) }),
    matchPolicy: fields.matchPolicy === 'Exact' ? 'Exact' : 'Equivalent',
  };
}

function readRule(fields: Fields): ResourceRule {
  const { scope } = fields;
  return {
    apiGroups: texts(fields.apiGroups),
    apiVersions: texts(fields.apiVersions),
    resources: texts(fields.resources),
    operations: texts(fields.operations),
    resourceNames: texts(fields.resourceNames),
    scope: scope === 'Cluster' || scope === 'Namespaced' ? scope : '*',
  };
}

function readSelector({ matchLabels, matchExpressions }: Fields): LabelSelector {
  const labels = Object.entries(fieldsOf(matchLabels));
  return {
    matchLabels: Object.fromEntries(labels.map(([key, value]) => [key, text(value)])),
    matchExpressions: entries(matchExpressions).map(({ key, operator, values }) => ({
      key: text(key),
      operator: text(operator),
      values: texts(values),
    })),
  };
}

function named(list: unknown): { name: string; expression: string }[] {
  return entries(list).map(({ name, expression }) => ({
    name: text(name),
    expression: text(expression),
  }));
}

/** Entries keep their places, for problems name them by number. */
function entries(list: unknown): Fields[] {
  return Array.isArray(list) ? list.map(fieldsOf) : [];
}

function texts(list: unknown): string[] {
  return Array.isArray(list) ? list.map(text) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'object' ? '' : String(value ?? '');
}
