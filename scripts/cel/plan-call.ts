import { contains } from './access.ts';
import type { Call } from './ast.ts';
import type { CallReference } from './checker.ts';
import { callCost } from './cost.ts';
import { equal } from './equality.ts';
import { EvaluationError, fail, ProgramError } from './errors.ts';
import { absorb, spend } from './meter.ts';
import type { FunctionDeclaration, Overload, Run } from './overloads.ts';
import type { Planner, Step } from './plan.ts';
import { fitsType, noSuchOverload } from './runtime-type.ts';
import { isOptional, type Value } from './values.ts';

const conversions = new Set(
  'bool bytes double duration dyn int string timestamp type uint'.split(' '),
);

/** Makes a call ready to run; the overloads that checking found are the only ones it tries. */
export function planCall(planner: Planner, node: Call): Step {
  const reference = planner.checked.references.get(node) as CallReference;
  const steps = reference.args.map((arg) => planner.plan(planner, arg));
  const [first, second, third] = steps as [Step, Step, Step];
  switch (reference.name) {
    case '_&&_':
      return logical(first, second, false);
    case '_||_':
      return logical(first, second, true);
    case '_?_:_':
      return (frame) => (truth(first(frame)) ? second(frame) : third(frame));
    case '_==_':
      return binary(reference.name, first, second, equal);
    case '_!=_':
      return binary(reference.name, first, second, (one, other) => !equal(one, other));
    case '@in':
      return binary(reference.name, first, second, contains);
    case 'or':
    case 'orValue':
      return alternative(first, second, reference.name === 'or');
    default:
      return ordinary(reference, steps, runOf(planner, reference));
  }
}

function runOf({ checked }: Planner, { name, overloads }: CallReference): Run {
  const declared = checked.functions.get(name) as FunctionDeclaration;
  if (declared.shared) return declared.shared;
  const candidates = overloads.length === 1 ? overloads : declared.overloads;
  return (...args) => {
    const overload = candidates.find((candidate) => takes(candidate, args));
    return overload?.run ? overload.run(...args) : noSuchOverload(name, args);
  };
}

function takes(overload: Overload, args: readonly Value[]): boolean {
  return (
    overload.args.length === args.length &&
    overload.args.every((type, index) => fitsType(type, args[index] as Value))
  );
}

function ordinary({ name, args }: CallReference, steps: readonly Step[], run: Run): Step {
  const step: Step = (frame) => {
    const values = steps.map((each) => each(frame));
    const result = run(...values);
    spend(callCost(name, values, result));
    return result;
  };
  if (!conversions.has(name) || args.length !== 1 || args[0]?.kind !== 'constant') return step;
  return folded(run, args[0].value);
}

/** The conversion of a literal happens once, and its failure is the whole expression's. */
function folded(run: Run, argument: Value): Step {
  try {
    const value = run(argument);
    return () => value;
  } catch (error) {
    if (error instanceof EvaluationError) throw new ProgramError(error.message);
    throw error;
  }
}

function binary(
  name: string,
  first: Step,
  second: Step,
  decide: (one: Value, other: Value) => boolean,
): Step {
  return (frame) => {
    const one = first(frame);
    const other = second(frame);
    const result = decide(one, other);
    spend(callCost(name, [one, other], result));
    return result;
  };
}

/** `&&` and `||`: whichever side decides wins, even over an error of the other. */
function logical(first: Step, second: Step, decisive: boolean): Step {
  return (frame) => {
    let error: EvaluationError | undefined;
    for (const step of [first, second]) {
      try {
        if (truth(step(frame)) === decisive) return decisive;
      } catch (caught) {
        if (!(caught instanceof EvaluationError)) throw caught;
        absorb();
        error ??= caught;
      }
    }
    if (error) throw error;
    return !decisive;
  };
}

/** A truth value; anything else is an error. */
function truth(value: Value): boolean {
  return typeof value === 'boolean' ? value : fail('no such overload');
}

/** `or` and `orValue` look at their argument only when there is no value. */
function alternative(first: Step, second: Step, whole: boolean): Step {
  return (frame) => {
    const optional = first(frame);
    if (!isOptional(optional)) return fail('no such overload');
    spend(1);
    if (optional.value === undefined) return second(frame);
    return whole ? optional : optional.value;
  };
}
