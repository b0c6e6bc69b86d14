import type { Problem, Rendered } from '../model.ts';

/** What a rule about failed renders tells: the failures that carry its id. */
export function* failuresOf(id: string, { failures }: Rendered): Generator<Problem> {
  for (const { rule, ...problem } of failures) if (rule === id) yield problem;
}
