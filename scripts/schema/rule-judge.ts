import type { Program } from '../cel/compile.ts';
import { EvaluationError } from '../cel/errors.ts';
import { none, type Value } from '../cel/values.ts';
import { type Fields, fieldsOf } from '../kubernetes/faults.ts';
import { isRecord } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import { celType, celValue, withTypeAndMeta } from './cel-values.ts';
import { defaulted } from './defaulted.ts';
import { type NodeRule, nodeRules } from './node-rules.ts';
import type { SchemaProblem } from './problems.ts';

/** What the API server spends on all rules of one object. */
const objectBudget = 10_000_000;
const callLimit = 1_000_000;
/** A hostile object may have any number of values and of faults. */
const mostValues = 100_000;
const mostProblems = 100;
const deepest = 100;

/**
 * Makes the judge of one version of a CustomResourceDefinition: it tells which of the schema's
 * `x-kubernetes-validations` a new object fails, in the words of the API server. Objects that
 * the schema itself refuses are not for it.
 *
 * Follows pkg/apiserver/schema/cel/validation.go of k8s.io/apiextensions-apiserver.
 *
 * @param openApi the version's `openAPIV3Schema`
 */
export function ruleJudge(
  openApi: Fields,
  version?: string,
): (object: Fields) => readonly SchemaProblem[] {
  const root = withTypeAndMeta(openApi);
  const compiled = new Map<Fields, readonly NodeRule[]>();
  return (object) => {
    const problems: SchemaProblem[] = [];
    let budget = objectBudget;
    let values = 0;
    visit(root, defaulted(openApi, object), []);
    return problems;

    function visit(node: Fields, value: unknown, path: FieldPath): void {
      values += 1;
      if (value === null || value === undefined || path.length > deepest) return;
      if (values > mostValues || budget < 0 || problems.length >= mostProblems) return;
      if (!isOfType(node, value)) return;
      judge(node, value, path);
      if (Array.isArray(value)) {
        for (const [index, one] of value.entries()) {
          visit(fieldsOf(node.items), one, [...path, index]);
        }
      } else if (isRecord(value)) {
        const properties = fieldsOf(node.properties);
        for (const [name, one] of Object.entries(value)) {
          const child = Object.hasOwn(properties, name)
            ? properties[name]
            : node.additionalProperties;
          if (isRecord(child)) visit(child, one, [...path, name]);
        }
      }
    }

    function judge(node: Fields, value: unknown, path: FieldPath): void {
      const rules = rulesOf(node);
      if (rules.length === 0 || isSubstituted(value)) return;
      const self = selfOf(node, value);
      if (self === undefined) return;
      for (const rule of rules) {
        const outcome = run(rule.program, self);
        if (budget < 0) {
          const message = 'the rules cost more than the API server spends on one object';
          problems.push({ path, message });
          return;
        }
        if ('error' in outcome)
          problems.push({ path, message: told(inWords(outcome.error, rule)) });
        else if (outcome.value !== true) {
          const message = told(ownWords(rule, self) ?? rule.text);
          problems.push({ path: [...path, ...rule.fieldPath], message });
        }
      }
    }

    function ownWords(rule: NodeRule, self: Value): string | undefined {
      const outcome = rule.message && run(rule.message, self);
      if (!outcome || 'error' in outcome || typeof outcome.value !== 'string') return undefined;
      const text = outcome.value.trim();
      return text === '' || text.length > 5 * 1024 || text.includes('\n') ? undefined : text;
    }

    function run(program: Program, self: Value) {
      const costLimit = Math.min(callLimit, Math.max(budget, 0));
      const outcome = program.evaluate({ self, oldSelf: none }, { costLimit });
      budget -= outcome.cost;
      return outcome;
    }
  };

  function rulesOf(node: Fields): readonly NodeRule[] {
    if (!Array.isArray(node['x-kubernetes-validations'])) return [];
    const known = compiled.get(node);
    if (known) return known;
    const self = celType(node);
    const rules = self ? nodeRules(node, self, version).rules : [];
    compiled.set(node, rules);
    return rules;
  }
}

/** A text that is not of its format is the schema's to tell. */
function selfOf(node: Fields, value: unknown): Value | undefined {
  try {
    return celValue(node, value);
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}

function isOfType(node: Fields, value: unknown): boolean {
  if (node['x-kubernetes-int-or-string'] === true || typeof node.type !== 'string') return true;
  if (node.type === 'array') return Array.isArray(value);
  if (node.type === 'object') return isRecord(value);
  if (node.type === 'integer') return Number.isInteger(value);
  return typeof value === node.type;
}

/** Flux puts something else there before the API server sees it. */
function isSubstituted(value: unknown): boolean {
  return JSON.stringify(value).includes('${');
}

function inWords(error: string, { name }: NodeRule): string {
  if (error.startsWith('no such overload')) {
    return `'${error}': call arguments did not match a supported operator, function or macro signature for rule: ${name}`;
  }
  if (error.startsWith('operation cancelled')) {
    return `'${error}': no further validation rules will be run due to call cost exceeds limit for rule: ${name}`;
  }
  return `${error} evaluating rule: ${name}`;
}

/** One clause on one line, as all messages are. */
function told(text: string): string {
  const line = text
    .replaceAll(/\s+/g, ' ')
    .slice(0, 500)
    .replace(/[.\s]+$/, '');
  return line === '' ? 'a rule of the kind fails' : line;
}
