import { type Fields, fieldsOf, items } from '../kubernetes/faults.ts';
import { isRecord } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import { celType, withTypeAndMeta } from './cel-values.ts';
import { nodeRules } from './node-rules.ts';
import type { SchemaProblem } from './problems.ts';

const deepest = 100;
const mostNodes = 100_000;
const mostProblems = 100;

/**
 * The rules of a CustomResourceDefinition that the API server cannot compile, for which it
 * refuses the definition.
 */
export function ruleFaults(crd: Fields, version?: string): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  let nodes = 0;
  for (const [one, at] of items(fieldsOf(crd.spec).versions, ['spec', 'versions'])) {
    const openApi = fieldsOf(fieldsOf(one.schema).openAPIV3Schema);
    visit(withTypeAndMeta(openApi), [...at, 'schema', 'openAPIV3Schema'], 0);
  }
  return problems;

  function visit(node: unknown, path: FieldPath, depth: number): void {
    nodes += 1;
    if (!isRecord(node) || depth > deepest) return;
    if (nodes > mostNodes || problems.length >= mostProblems) return;
    const self = Array.isArray(node['x-kubernetes-validations']) ? celType(node) : undefined;
    for (const fault of self ? nodeRules(node, self, version).faults : []) {
      problems.push({ message: fault.message, path: [...path, ...fault.path] });
    }
    for (const [name, child] of Object.entries(fieldsOf(node.properties))) {
      visit(child, [...path, 'properties', name], depth + 1);
    }
    visit(node.items, [...path, 'items'], depth + 1);
    visit(node.additionalProperties, [...path, 'additionalProperties'], depth + 1);
  }
}
