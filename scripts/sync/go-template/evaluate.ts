import { isRecord } from '../../kubernetes/fields.ts';
import { CannotTell, TemplateFault } from './errors.ts';
import { functions } from './functions.ts';
import type { Node, Operand, Pipeline } from './parse.ts';
import { byBytes, isTrue, textOf, typeOf } from './values.ts';

/** What a template does with a key that a map does not have. */
export type MissingKey = 'default' | 'zero' | 'error';

/** Work that several templates together may take. */
export interface Budget {
  steps: number;
}

const mostSteps = 20_000;
const longest = 1_000_000;

/** @returns a budget for all templates of one object */
export function openBudget(): Budget {
  return { steps: 3_000_000 };
}

/**
 * What Go's text/template makes of a template, with the functions that an ApplicationSet has.
 *
 * @param nodes a template as `parseTemplate` reads it
 * @throws TemplateFault when Go refuses it
 * @throws CannotTell when it uses a function that is not known here, or takes too long
 */
export function runGoTemplate(
  nodes: readonly Node[],
  data: Readonly<Record<string, unknown>>,
  missingKey: MissingKey,
  budget: Budget = openBudget(),
): string {
  let output = '';
  let steps = 0;
  let scopes: Map<string, unknown>[] = [new Map([['$', data]])];
  for (const node of nodes) run(node, data, 0);
  return output;

  function step(): void {
    if (++steps > mostSteps || --budget.steps < 0) {
      throw new CannotTell('the template takes too long');
    }
  }

  function write(text: string): void {
    output += text;
    if (output.length > longest) throw new CannotTell('the template writes too much');
  }

  function run(node: Node, dot: unknown, depth: number): void {
    step();
    if (node.is === 'text') {
      write(node.text);
      return;
    }
    if (node.is === 'print') {
      const value = pipelineValue(node.pipeline, dot);
      if (node.pipeline.variables.length === 0) write(textOf(value));
      return;
    }
    const outer = scopes;
    scopes = [...scopes, new Map()];
    if (node.is === 'range') range(node, dot, depth);
    else {
      const value = pipelineValue(node.pipeline, dot);
      const inner = node.is === 'with' && isTrue(value) ? value : dot;
      for (const one of isTrue(value) ? node.body : node.otherwise) run(one, inner, depth + 1);
    }
    scopes = outer;
  }

  function range(node: Exclude<Node, { is: 'text' | 'print' }>, dot: unknown, depth: number): void {
    const { variables } = node.pipeline;
    const value = pipelineValue({ ...node.pipeline, variables: [] }, dot);
    const entries = entriesOf(value);
    if (entries.length === 0) for (const one of node.otherwise) run(one, dot, depth + 1);
    for (const [key, item] of entries) {
      const outer = scopes;
      scopes = [...scopes, new Map()];
      const [first, second] = variables;
      if (first) scopes.at(-1)?.set(first, second ? key : item);
      if (second) scopes.at(-1)?.set(second, item);
      for (const one of node.body) run(one, item, depth + 1);
      scopes = outer;
    }
  }

  function pipelineValue({ commands, variables, declares }: Pipeline, dot: unknown): unknown {
    let value: unknown;
    commands.forEach((command, index) => {
      value = commandValue(command, dot, index > 0 ? [value] : []);
    });
    for (const name of variables) {
      const scope = declares ? scopes.at(-1) : scopes.findLast((one) => one.has(name));
      if (!scope) throw new TemplateFault(`undefined variable "${name}"`);
      scope.set(name, value);
    }
    return value;
  }

  function commandValue(command: readonly Operand[], dot: unknown, final: unknown[]): unknown {
    step();
    const [first, ...rest] = command;
    if (!first) throw new TemplateFault('missing value for command');
    if (first.is === 'call') {
      const { name } = first;
      if (name === 'and' || name === 'or') return shortCircuit(name, rest, dot, final);
      return call(name, [...rest.map((one) => operandValue(one, dot)), ...final]);
    }
    if (rest.length > 0 || final.length > 0) {
      throw new TemplateFault("can't give argument to non-function");
    }
    return operandValue(first, dot);
  }

  /** The arguments after the one that decides are not looked at. */
  function shortCircuit(
    name: 'and' | 'or',
    operands: readonly Operand[],
    dot: unknown,
    final: unknown[],
  ): unknown {
    const values = [...operands.map((one) => () => operandValue(one, dot)), ...final.map(given)];
    let value: unknown;
    for (const one of values) {
      value = one();
      if (isTrue(value) === (name === 'or')) break;
    }
    return value;
  }

  function call(name: string, values: readonly unknown[]): unknown {
    const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!known) throw new CannotTell(`the function ${name} is not known here`);
    const value = known(values);
    if (typeof value === 'string' && value.length > longest) {
      throw new CannotTell('the template writes too much');
    }
    return value;
  }

  function operandValue(operand: Operand, dot: unknown): unknown {
    step();
    if (operand.is === 'literal') return operand.value;
    if (operand.is === 'call') return call(operand.name, []);
    if (operand.is === 'dot') return chain(dot, operand.fields, true);
    if (operand.is === 'nested') {
      return chain(pipelineValue(operand.pipeline, dot), operand.fields, false);
    }
    const scope = scopes.findLast((one) => one.has(operand.name));
    if (!scope) throw new TemplateFault(`undefined variable "${operand.name}"`);
    return chain(scope.get(operand.name), operand.fields, true);
  }

  function chain(start: unknown, fields: readonly string[], known: boolean): unknown {
    let value = start;
    // Go goes on with what a key lacks, but not with a nil that is written.
    let lacks = !known && value === undefined;
    for (const name of fields) {
      if (value === undefined || value === null) {
        if (lacks && missingKey === 'default') continue;
        throw new TemplateFault(`nil pointer evaluating interface {}.${name}`);
      }
      if (!isRecord(value)) {
        throw new TemplateFault(`can't evaluate field ${name} in type ${typeOf(value)}`);
      }
      if (Object.hasOwn(value, name)) value = value[name];
      else if (missingKey === 'error')
        throw new TemplateFault(`map has no entry for key "${name}"`);
      else {
        value = undefined;
        lacks = true;
      }
    }
    return value;
  }
}

function given(value: unknown): () => unknown {
  return () => value;
}

function entriesOf(value: unknown): (readonly [unknown, unknown])[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map((one, index) => [BigInt(index), one] as const);
  if (isRecord(value)) {
    return Object.keys(value)
      .sort(byBytes)
      .map((key) => [key, value[key]] as const);
  }
  if (typeof value === 'bigint' && value <= BigInt(mostSteps)) {
    return Array.from({ length: Math.max(0, Number(value)) }, (_, index) => {
      return [BigInt(index), BigInt(index)] as const;
    });
  }
  throw new TemplateFault(`range can't iterate over ${textOf(value)}`);
}
