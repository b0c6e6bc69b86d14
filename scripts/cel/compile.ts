import type { Node } from './ast.ts';
import { check } from './check.ts';
import { environment } from './environment.ts';
import { CostLimitError, EvaluationError, ProgramError } from './errors.ts';
import { type Issue, locate } from './issues.ts';
import { metered } from './meter.ts';
import { parse } from './parse.ts';
import { plan, type Step } from './plan.ts';
import { dyn, type Type } from './types.ts';
import { validateLiterals } from './validate-literals.ts';
import type { Value } from './values.ts';

/** Where an expression will run. */
export interface CompileOptions {
  /** The Kubernetes version whose functions it may use; the newest known by default. */
  readonly version?: string;
  /** The variables it may use, with their types. */
  readonly variables?: Readonly<Record<string, Type>>;
}

/** An expression that compiled. */
export interface Program {
  readonly source: string;
  readonly tree: Node;
  readonly type: Type;
  readonly evaluate: (bindings: Bindings, options?: EvaluateOptions) => Outcome;
}

/** The variables' values, or a function that finds one when it is needed. */
type Bindings = Readonly<Record<string, Value>> | ((name: string) => Value | undefined);

/** How far a run may go. */
export interface EvaluateOptions {
  /** In the API server's units; its limit for one expression, 1,000,000, by default. */
  readonly costLimit?: number;
}

/** What a run gave. */
export type Outcome =
  | { readonly value: Value; readonly cost: number }
  | { readonly error: string; readonly cost: number };

/** What compiling gave: a program, or what is wrong with the expression. */
export type Compiled =
  | { readonly program: Program }
  | { readonly issues: readonly Issue[] }
  | { readonly programError: string };

/** The first version whose API server refuses literals it cannot read. */
const literalsValidated = 29;
const defaultCostLimit = 1_000_000;

/**
 * Compiles an expression as the API server does: what it refuses is refused with the same words,
 * at the same place.
 */
export function compile(source: string, options: CompileOptions = {}): Compiled {
  const { tree, problems } = parse(source);
  if (!tree) return { issues: locate(source, problems) };
  const variables = new Map(Object.entries(options.variables ?? {}));
  const found = environment(options.version, variables);
  const checked = check(found, tree);
  if (checked.problems.length > 0) return { issues: locate(source, checked.problems) };
  const invalid = found.minor >= literalsValidated ? validateLiterals(tree, checked) : [];
  if (invalid.length > 0) return { issues: locate(source, invalid) };
  try {
    const step = plan(checked, tree);
    const type = checked.types.get(tree) ?? dyn;
    return {
      program: { source, tree, type, evaluate: (bindings, run) => evaluate(step, bindings, run) },
    };
  } catch (error) {
    if (error instanceof ProgramError) return { programError: error.message };
    throw error;
  }
}

function evaluate(step: Step, bindings: Bindings, options: EvaluateOptions = {}): Outcome {
  const meter = { cost: 0, work: 0, limit: options.costLimit ?? defaultCostLimit };
  const variable =
    typeof bindings === 'function'
      ? bindings
      : (name: string) => (Object.hasOwn(bindings, name) ? bindings[name] : undefined);
  // Errors are values here, often absorbed: collecting their stacks would cost the most.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const value = metered(meter, () => step({ variable, locals: [] }));
    return { value, cost: Math.ceil(meter.cost) };
  } catch (error) {
    if (!(error instanceof EvaluationError || error instanceof CostLimitError)) throw error;
    return { error: error.message, cost: Math.ceil(meter.cost) };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
