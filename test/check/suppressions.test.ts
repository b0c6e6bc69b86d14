import fc from 'fast-check';
import { expect, test } from 'vitest';
import { suppressionsIn } from '../../scripts/check/suppressions.ts';

const mark = '# presync-ignore images/pinned-tag: a reason';

function linesOf(text: string, isYaml = true): number[][] {
  const { suppressions } = suppressionsIn({ path: 'a', text }, isYaml);
  return suppressions.map(({ lines }) => [...lines]);
}

test.for([
  ['at the end of a line', `a: 1\nb: 2 ${mark}\n`, [[2]]],
  ['above a line', `a: 1\n${mark}\nb: 2\n`, [[2, 3]]],
  ['above other comments', `${mark}\n# more\nb: 2\n`, [[1, 3]]],
  [
    'two in a row',
    `${mark}\n${mark}\nb: 2\n`,
    [
      [1, 3],
      [2, 3],
    ],
  ],
  ['with Windows line ends', `a: 1\r\n${mark}\r\nb: 2\r\n`, [[2, 3]]],
  ['in the second document', `a: 1\n---\nb: 2 ${mark}\n`, [[3]]],
  ['in a flow', `a: [1, ${mark}\n  2]\n`, [[1]]],
  ['in a block scalar, where it is text', `a: |\n  ${mark}\n`, []],
  ['in quotes, where it is text', `a: "${mark}"\n`, []],
] as const)('%s', ([, text, lines]) => {
  expect(linesOf(text)).toEqual(lines);
});

test('in an env file the end of a line is part of the value', () => {
  expect(linesOf(`A=1 ${mark}\n${mark}\nB=2\n`, false)).toEqual([[2, 3]]);
});

test('several rules share a reason and a date', () => {
  const text = 'a: 1 # presync-ignore a/b, c/d: why: this (really) (until 2027-01-31) # more\n';
  expect(suppressionsIn({ path: 'f', text }, true).suppressions).toEqual([
    {
      location: { file: 'f', line: 1, column: 6 },
      rules: ['a/b', 'c/d'],
      reason: 'why: this (really)',
      until: '2027-01-31',
      lines: [1],
    },
  ]);
});

test('any text is read, and every place is in it', () => {
  const pieces = fc.constantFrom(
    mark,
    '#',
    '\n',
    '"',
    '|',
    '- ',
    'a: ',
    '\r',
    '\u001f',
    '\u0002',
    '{',
    '---\n',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string())), fc.boolean(), (parts, isYaml) => {
      const text = parts.join('');
      const { suppressions, faults } = suppressionsIn({ path: 'a', text }, isYaml);
      const lines = text.split('\n');
      for (const { location } of [...suppressions, ...faults]) {
        expect(lines[location.line - 1]?.slice(location.column - 1)).toMatch(/^#+\s*presync-/);
      }
    }),
  );
});

test('a file of nothing but suppressions is read in part', () => {
  const { suppressions, faults } = suppressionsIn(
    { path: 'a', text: `${mark}\n`.repeat(5000) },
    true,
  );
  expect(suppressions).toHaveLength(1000);
  expect(faults).toMatchObject([{ message: 'only 1000 suppressions of a file are read' }]);
});
