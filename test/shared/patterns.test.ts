import fc from 'fast-check';
import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { isMatched } from '../../scripts/shared/patterns.ts';

function byLibrary(pattern: string, text: string): boolean {
  try {
    return RE2JS.compile(pattern).matches(text);
  } catch {
    return false;
  }
}

test('patterns that need no library match what the library matches', () => {
  const part = fc.constantFrom(
    'a',
    'ab',
    '.',
    '-',
    '/',
    '|',
    '(',
    ')',
    '(a|b)',
    '.*',
    '1',
    '*',
    '',
  );
  const pattern = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
  const text = fc.stringMatching(/^[ab1./-]{0,6}$/);
  let matched = 0;
  fc.assert(
    fc.property(pattern, text, (own, other) => {
      // Texts of the pattern's own letters match often enough to tell.
      for (const one of [other, own.replaceAll(/[().*|]/g, '')]) {
        const isIt = byLibrary(own, one);
        if (isIt) matched++;
        expect(isMatched(own, one), `${own} ${one}`).toBe(isIt);
      }
    }),
    { numRuns: 4000, seed: 1 },
  );
  expect(matched).toBeGreaterThan(500);
});
