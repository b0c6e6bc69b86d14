import type { Call } from './ast.ts';
import type { Checked } from './check.ts';
import { EvaluationError } from './errors.ts';
import type { Problem } from './issues.ts';
import { type Clause, clausesOf, misfit } from './library/format-text.ts';
import { runtimeTypeName } from './runtime-type.ts';
import type { Type } from './types.ts';

/** What is wrong with `'text'.format([...])`, where both can be read before it runs. */
export function formatProblems({ at, args, name, target }: Call, { types }: Checked): Problem[] {
  const [list] = args;
  if (name !== 'format' || target?.kind !== 'constant' || list?.kind !== 'list') return [];
  if (typeof target.value !== 'string') return [];
  const clauses = readClauses(target.value);
  if (typeof clauses === 'string') return [{ message: clauses, at }];
  for (const [index, clause] of clauses.entries()) {
    const item = list.items[index]?.value;
    if (!item) return [{ message: `index ${index} out of range`, at }];
    const problem = typeProblem(clause, types.get(item) as Type);
    if (problem) return [{ message: `error during formatting: ${problem}`, at: item.at }];
  }
  const { length } = clauses;
  const given = list.items.length;
  if (given <= length) return [];
  const message = `too many arguments supplied to string.format (expected ${length}, got ${given})`;
  return [{ message, at }];
}

function readClauses(text: string): Clause[] | string {
  try {
    return clausesOf(text);
  } catch (error) {
    if (error instanceof EvaluationError) return error.message;
    throw error;
  }
}

function typeProblem(clause: Clause, type: Type): string | undefined {
  if (type.kind === 'dyn' || type.kind === 'error') return undefined;
  return misfit(clause, runtimeTypeName(type));
}
