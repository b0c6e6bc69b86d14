import type { Fold, Node } from './ast.ts';
import { noOverload } from './check-call.ts';
import {
  assignable,
  type Checker,
  demandType,
  freshParameter,
  report,
  resolve,
  undeclared,
  withVariables,
} from './checker.ts';
import { bool, dyn, errorType, formatType, int, listOf, mapOf, type Type } from './types.ts';

/** Two-variable macros came with this minor version. */
const twoVariables = 32;

/** Checks a macro that walks a list or a map. */
export function checkFold(checker: Checker, node: Fold): Type {
  const { macro, variables } = node;
  if (variables.length === 2 && checker.environment.minor < twoVariables) {
    return undeclared(checker, node, macro === 'map' ? 'transformList' : macro);
  }
  const range = resolve(checker, checker.check(checker, node.range));
  const [first, second] = elementTypes(checker, node, range);
  const types = variables.length === 2 ? [first, second] : [range.kind === 'list' ? second : first];
  const named = variables.map((name, index) => [name, types[index] ?? dyn] as const);
  return withVariables(checker, node, named, () =>
    resultType(checker, node, first, types[0] ?? dyn),
  );
}

/** The types of index and element, or of key and value. */
function elementTypes(checker: Checker, node: Fold, range: Type): readonly [Type, Type] {
  switch (range.kind) {
    case 'list':
      return [int, range.parameters[0] ?? dyn];
    case 'map':
      return [range.parameters[0] ?? dyn, range.parameters[1] ?? dyn];
    case 'dyn':
    case 'error':
    case 'parameter':
      assignable(checker, dyn, range);
      return [dyn, dyn];
    default: {
      const shown = formatType(range);
      const message = `expression of type '${shown}' cannot be range of a comprehension (must be list, map, or dynamic)`;
      report(checker, node.range, message);
      return [errorType, errorType];
    }
  }
}

function resultType(checker: Checker, node: Fold, key: Type, element: Type): Type {
  const { macro, filter, transform } = node;
  const condition = filter && checker.check(checker, filter);
  if (macro === 'all' || macro === 'exists') {
    if (filter && condition) demandType(checker, filter, condition, bool);
    return bool;
  }
  const result = transform ? checker.check(checker, transform) : undefined;
  const whole = wholeType(checker, node, key, result ?? element);
  if (condition && !assignable(checker, condition, bool)) {
    const branches = macro === 'existsOne' ? [int, int] : [whole, whole];
    noOverload(checker, node, '_?_:_', [condition, ...branches], false);
  }
  return macro === 'existsOne' ? bool : whole;
}

function wholeType(checker: Checker, node: Fold, key: Type, result: Type): Type {
  if (node.macro === 'transformMap') return mapOf(key, result);
  if (node.macro !== 'transformMapEntry') return listOf(result);
  const map = mapOf(freshParameter(checker), freshParameter(checker));
  if (assignable(checker, map, result)) return resolve(checker, map);
  return noOverload(checker, node as Node, 'cel.@mapInsert', [map, result], false);
}
