interface Step {
  readonly matches: (character: string) => boolean;
  /** Whether any number of characters may stand here. */
  readonly isAny: boolean;
}

/**
 * The beginnings of a text that a shell pattern matches, by their lengths in characters,
 * shortest first; undefined when the pattern is malformed. `*` takes slashes, too. Linear
 * in text and pattern, for both may be a stranger's.
 */
export function matchingPrefixes(
  pattern: readonly string[],
  text: readonly string[],
): readonly number[] | undefined {
  const steps = stepsOf(pattern);
  if (!steps) return undefined;
  const lengths: number[] = [];
  let states = closure(new Set([0]), steps);
  for (const [index, character] of text.entries()) {
    const next = new Set<number>();
    for (const state of states) {
      const step = steps[state];
      if (step?.isAny) next.add(state);
      else if (step?.matches(character)) next.add(state + 1);
    }
    states = closure(next, steps);
    if (states.has(steps.length)) lengths.push(index + 1);
  }
  return lengths;
}

function closure(states: Set<number>, steps: readonly Step[]): Set<number> {
  for (const state of states) if (steps[state]?.isAny) states.add(state + 1);
  return states;
}

function stepsOf(pattern: readonly string[]): Step[] | undefined {
  const steps: Step[] = [];
  const one = (matches: Step['matches']) => steps.push({ matches, isAny: false });
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string;
    if (character === '*') steps.push({ matches: () => true, isAny: true });
    else if (character === '?') one(() => true);
    else if (character === '[') {
      const end = pattern.indexOf(']', at + 2);
      if (end < 0) return undefined;
      one(classOf(pattern.slice(at + 1, end)));
      at = end;
    } else if (character === '\\') {
      const escaped = pattern[++at];
      if (escaped === undefined) return undefined;
      one((other) => other === escaped);
    } else one((other) => other === character);
  }
  return steps;
}

function classOf(members: readonly string[]): (character: string) => boolean {
  const isNegated = members[0] === '^';
  const ranges: [string, string][] = [];
  const own = isNegated ? members.slice(1) : members;
  for (let at = 0; at < own.length; at++) {
    const from = own[at] as string;
    const to = own[at + 1] === '-' ? own[at + 2] : undefined;
    ranges.push([from, to ?? from]);
    if (to !== undefined) at += 2;
  }
  return (character) =>
    ranges.some(([from, to]) => from <= character && character <= to) !== isNegated;
}
