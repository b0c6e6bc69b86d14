import { access, accessOptional, has } from './access.ts';
import type { Call, ListLiteral, MapLiteral, Node, OptionalMap, Select } from './ast.ts';
import type { Checked } from './check.ts';
import { fail, ProgramError } from './errors.ts';
import { spend } from './meter.ts';
import { planCall } from './plan-call.ts';
import { planFold } from './plan-fold.ts';
import { goTypeName } from './runtime-type.ts';
import { encodeKey, isOptional, type Key, optionalOf, typeName, type Value } from './values.ts';

/** What a running expression reads: its variables by name, the macros' by slot. */
export interface Frame {
  readonly variable: (name: string) => Value | undefined;
  readonly locals: Value[];
}

/** A node made ready to run. */
export type Step = (frame: Frame) => Value;

/** Plans parts of one checked expression. */
export interface Planner {
  readonly checked: Checked;
  readonly plan: (planner: Planner, node: Node) => Step;
}

/** Makes a checked expression ready to run; throws a `ProgramError` where it can never run. */
export function plan(checked: Checked, tree: Node): Step {
  return planNode({ checked, plan: planNode }, tree);
}

function planNode(planner: Planner, node: Node): Step {
  switch (node.kind) {
    case 'constant': {
      const { value } = node;
      return () => value;
    }
    case 'identifier':
      return planName(planner, node, node.name);
    case 'select':
      return planSelect(planner, node);
    case 'call':
      return node.name === '_[_]' || node.name === '_[?_]'
        ? planIndex(planner, node)
        : planCall(planner, node);
    case 'list':
      return planList(planner, node);
    case 'map':
      return planMap(planner, node);
    case 'fold':
      return planFold(planner, node);
    case 'optional-map':
      return planOptionalMap(planner, node);
    case 'struct':
      return () => fail(`unknown type: ${node.name}`);
  }
}

function planName({ checked }: Planner, node: Node, name: string): Step {
  const reference = checked.references.get(node);
  if (reference?.kind === 'local') {
    const { slot } = reference;
    return ({ locals }) => {
      spend(1);
      return locals[slot] as Value;
    };
  }
  if (reference?.kind === 'type') return () => reference.value;
  return ({ variable }) => {
    spend(1);
    const value = variable(name);
    return value === undefined ? fail(`no such attribute(s): ${name}`) : value;
  };
}

function planSelect(planner: Planner, node: Select): Step {
  const reference = planner.checked.references.get(node);
  if (reference) {
    const name = reference.kind === 'variable' ? reference.name : node.field;
    return planName(planner, node, name);
  }
  const { field, mode } = node;
  const operand = planNode(planner, node.operand);
  if (mode === 'test') return (frame) => has(operand(frame), field);
  const get = mode === 'optional' ? accessOptional : access;
  return (frame) => {
    const container = operand(frame);
    spend(1);
    return get(container, field);
  };
}

function planIndex(planner: Planner, { name, args }: Call): Step {
  const [containerNode, indexNode] = args as [Node, Node];
  const container = planNode(planner, containerNode);
  const index = planNode(planner, indexNode);
  const known = constantOf(planner, indexNode);
  if (known !== undefined && encodeKey(known) === undefined && typeof known !== 'number') {
    throw new ProgramError(`invalid qualifier type: ${goTypeName(known)}`);
  }
  const get = name === '_[_]' ? access : accessOptional;
  return (frame) => {
    const left = container(frame);
    const right = index(frame);
    spend(1);
    return get(left, right);
  };
}

/** The value of a literal, also within `dyn(...)`. */
function constantOf(planner: Planner, node: Node): Value | undefined {
  if (node.kind === 'constant') return node.value;
  if (node.kind !== 'call' || node.name !== 'dyn' || !node.args[0]) return undefined;
  return constantOf(planner, node.args[0]);
}

function planList(planner: Planner, { items }: ListLiteral): Step {
  const steps = items.map(({ value, optional }) => ({ step: planNode(planner, value), optional }));
  return (frame) => {
    const list: Value[] = [];
    for (const { step, optional } of steps) {
      const value = optional ? unwrap(step(frame)) : step(frame);
      if (value !== undefined) list.push(value);
    }
    spend(10);
    return list;
  };
}

function planMap(planner: Planner, { entries }: MapLiteral): Step {
  const steps = entries.map(({ key, value, optional }) => ({
    key: planNode(planner, key),
    value: planNode(planner, value),
    optional,
  }));
  return (frame) => {
    const map = new Map<Key, Value>();
    for (const { key, value, optional } of steps) {
      const name = key(frame);
      const encoded = encodeKey(name) ?? fail(`unsupported key type: ${typeName(name)}`);
      const element = optional ? unwrap(value(frame)) : value(frame);
      if (element !== undefined) map.set(encoded, element);
    }
    spend(30);
    return map;
  };
}

function unwrap(value: Value): Value | undefined {
  if (isOptional(value)) return value.value;
  return fail(`cannot initialize optional entry from non-optional value ${typeName(value)}`);
}

function planOptionalMap(planner: Planner, node: OptionalMap): Step {
  const slot = planner.checked.slots.get(node) ?? 0;
  const target = planNode(planner, node.target);
  const body = planNode(planner, node.body);
  return (frame) => {
    const whole = target(frame);
    if (!isOptional(whole)) return fail('no such overload: hasValue');
    spend(1);
    if (whole.value === undefined) return whole;
    frame.locals[slot] = whole.value;
    return node.flat ? body(frame) : optionalOf(body(frame));
  };
}
