import { type Compiled, compile, type Program } from '../cel/compile.ts';
import { languageOf } from '../cel/environment.ts';
import { formatIssue, type Issue } from '../cel/issues.ts';
import { dyn, structType, type Type } from '../cel/types.ts';
import { policyVariables } from './declared-types.ts';
import type { PolicySpec } from './types.ts';

/** A policy that is ready to decide, with what is wrong in it. */
export interface CompiledPolicy {
  readonly spec: PolicySpec;
  readonly variables: ReadonlyMap<string, PolicyExpression>;
  readonly matchConditions: readonly PolicyExpression[];
  readonly validations: readonly {
    readonly expression: PolicyExpression;
    readonly message?: PolicyExpression;
  }[];
  readonly problems: readonly PolicyProblem[];
}

/** An expression of a policy; without a program where it does not compile. */
export interface PolicyExpression {
  readonly source: string;
  readonly program?: Program;
  /** What the API server says when it runs an expression that did not compile. */
  readonly error?: string;
}

/** What is wrong with an expression, and where: `/spec/validations/0/expression`. */
export interface PolicyProblem {
  readonly path: string;
  readonly message: string;
  /** The place within the expression; absent where it is the whole. */
  readonly issue?: Issue;
}

/** Expressions that were compiled before, by all that decides what they give. */
export type CompiledExpressions = Map<string, Compiled>;

/**
 * Compiles a ValidatingAdmissionPolicy's spec for a Kubernetes version. A policy with problems
 * still decides what can be decided, as it would in a cluster that accepted it.
 *
 * @param known shared by policies that have expressions in common
 */
export function compilePolicy(
  spec: PolicySpec,
  version?: string,
  known: CompiledExpressions = new Map(),
): CompiledPolicy {
  const problems: PolicyProblem[] = [];
  const fields = new Map<string, Type>();
  const declared = policyVariables(spec.paramKind !== undefined);
  const variables = new Map<string, PolicyExpression>();
  // What an expression means depends on the language and the variables before it.
  const conditions = `${languageOf(version)} ${spec.paramKind !== undefined}`;
  let scope = conditions;
  for (const [index, { name, expression }] of (spec.variables ?? []).entries()) {
    const compiled = prepare(expression, `/spec/variables/${index}/expression`);
    variables.set(name, compiled);
    fields.set(name, compiled.program?.type ?? dyn);
    scope += JSON.stringify([name, expression]);
  }
  const matchConditions = (spec.matchConditions ?? []).map(({ expression }, index) =>
    // Match conditions see no composed variables: they run first.
    prepare(expression, `/spec/matchConditions/${index}/expression`, 'bool'),
  );
  const validations = (spec.validations ?? []).map(({ expression, messageExpression }, index) => ({
    expression: prepare(expression, `/spec/validations/${index}/expression`, 'bool'),
    ...(messageExpression !== undefined && {
      message: prepare(messageExpression, `/spec/validations/${index}/messageExpression`, 'string'),
    }),
  }));
  return { spec, variables, matchConditions, validations, problems };

  function prepare(expression: string, path: string, wanted?: string): PolicyExpression {
    const source = String(expression);
    const compiled = compileOnce(source, path.includes('matchConditions'));
    if ('program' in compiled) {
      const { type } = compiled.program;
      if (wanted === undefined || type.kind === 'dyn' || type.name === wanted) {
        return { source, program: compiled.program };
      }
      const message = `must evaluate to ${wanted}`;
      problems.push({ path, message });
      return { source, error: `compilation error: ${message}` };
    }
    if ('programError' in compiled) {
      problems.push({ path, message: compiled.programError });
      return { source, error: `instantiation error: ${compiled.programError}` };
    }
    for (const issue of compiled.issues) problems.push({ path, message: issue.message, issue });
    const shown = compiled.issues.map(formatIssue).join('\n');
    return { source, error: `compilation error: compilation failed: ${shown}` };
  }

  function compileOnce(source: string, isCondition: boolean): Compiled {
    const key = JSON.stringify([isCondition ? conditions : scope, isCondition, source]);
    const before = known.get(key);
    if (before) return before;
    const composed = isCondition
      ? declared
      : { ...declared, variables: structType('kubernetes.variables', new Map(fields)) };
    const compiled = compile(source, { variables: composed, ...(version && { version }) });
    known.set(key, compiled);
    return compiled;
  }
}
