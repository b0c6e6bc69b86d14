import { compile, type Program } from '../cel/compile.ts';
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
interface PolicyProblem {
  readonly path: string;
  readonly message: string;
  /** The place within the expression; absent where it is the whole. */
  readonly issue?: Issue;
}

/**
 * Compiles a ValidatingAdmissionPolicy's spec for a Kubernetes version. A policy with problems
 * still decides what can be decided, as it would in a cluster that accepted it.
 */
export function compilePolicy(spec: PolicySpec, version?: string): CompiledPolicy {
  const problems: PolicyProblem[] = [];
  const fields = new Map<string, Type>();
  const declared = policyVariables(spec.paramKind !== undefined);
  const variables = new Map<string, PolicyExpression>();
  for (const [index, { name, expression }] of (spec.variables ?? []).entries()) {
    const compiled = prepare(expression, `/spec/variables/${index}/expression`);
    variables.set(name, compiled);
    fields.set(name, compiled.program?.type ?? dyn);
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
    const composed = path.includes('matchConditions')
      ? declared
      : { ...declared, variables: structType('kubernetes.variables', new Map(fields)) };
    const compiled = compile(source, { variables: composed, ...(version && { version }) });
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
}
