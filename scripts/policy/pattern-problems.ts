import { type Call, childrenOf, type Node } from '../cel/ast.ts';
import { locate } from '../cel/issues.ts';
import { compilePattern } from '../cel/library/regex.ts';
import type { CompiledPolicy, PolicyExpression, PolicyProblem } from './compile-policy.ts';

const patterns = new Set(['matches', 'find', 'findAll']);

/**
 * Patterns that RE2 does not read, where they are known before an object is: written in the call
 * or as a variable. The API server looks at those of `matches` alone before it runs an expression.
 */
export function patternProblems(policy: CompiledPolicy): PolicyProblem[] {
  const { variables, matchConditions, validations, spec } = policy;
  return [
    ...(spec.variables ?? []).flatMap(({ name }, index) =>
      problemsOf(variables.get(name), `/spec/variables/${index}/expression`),
    ),
    ...matchConditions.flatMap((one, index) =>
      problemsOf(one, `/spec/matchConditions/${index}/expression`),
    ),
    ...validations.flatMap(({ expression, message }, index) => [
      ...problemsOf(expression, `/spec/validations/${index}/expression`),
      ...problemsOf(message, `/spec/validations/${index}/messageExpression`),
    ]),
  ];

  function problemsOf(expression: PolicyExpression | undefined, path: string): PolicyProblem[] {
    const { program, source = '' } = expression ?? {};
    if (!program || !/\b(?:matches|find|findAll)\b/.test(source)) return [];
    return callsIn(program.tree).flatMap((call) => {
      const argument = call.args[call.target ? 0 : 1];
      const pattern = argument && textOf(argument);
      const fault = pattern === undefined ? undefined : faultOf(pattern);
      if (!argument || fault === undefined) return [];
      const [issue] = locate(source, [{ message: fault, at: argument.at }]);
      const message = `pattern ${JSON.stringify(pattern)} is none of RE2: ${fault}`;
      return [{ path, message, ...(issue && { issue }) }];
    });
  }

  function textOf(node: Node): string | undefined {
    if (node.kind === 'constant') return typeof node.value === 'string' ? node.value : undefined;
    const isVariable =
      node.kind === 'select' &&
      node.operand.kind === 'identifier' &&
      node.operand.name === 'variables';
    const tree = isVariable ? variables.get(node.field)?.program?.tree : undefined;
    return tree?.kind === 'constant' ? textOf(tree) : undefined;
  }
}

function callsIn(node: Node): Call[] {
  const own = node.kind === 'call' && patterns.has(node.name) ? [node] : [];
  return [...own, ...childrenOf(node).flatMap(callsIn)];
}

function faultOf(pattern: string): string | undefined {
  try {
    compilePattern(pattern);
    return undefined;
  } catch (error) {
    return String((error as Error).message).replace(/^error parsing regexp: /, '');
  }
}
