import { array, assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { run } from './cel.ts';

const items = Array.from({ length: 10_000 }, (_, index) => index);
const json = { list: items, text: `${'a'.repeat(100_000)}!`, big: 'x'.repeat(50_000) };
const tooExpensive = 'error: operation cancelled: actual cost limit exceeded';
const tooDeep = 'ERROR: <input>:-1:0: expression recursion limit exceeded: 250';

test.for([
  'list.all(x, list.all(y, x + y >= 0))',
  'list.map(x, list.map(y, list.map(z, x * y * z)))',
  'list.exists(x, list.exists(y, 1 / 0 == x))',
  "big.replace('x', big).replace('x', big)",
  'list.map(x, big).join(big)',
  'list.map(x, list).flatten()',
  'lists.range(1000000000000)',
  'sets.contains(list, list)',
  'list.all(x, list == list)',
  "list.all(x, big == big + '')",
])('%s ends at the cost limit', (expression) => {
  expect(run(expression, json)).toBe(tooExpensive);
});

test.for([
  ["text.matches('^(a+)+$')", 'false'],
  ["text.matches('((a*)*)*b')", 'false'],
  ["text.findAll('a?').size()", '100002'],
  ["quantity('1e999999999').isInteger()", 'true'],
] as const)('%s ends soon', ([expression, wanted]) => {
  expect(run(expression, json)).toBe(wanted);
});

test('an expression beyond the size limit is not read', () => {
  expect(run('true || '.repeat(130_000))).toBe(
    'ERROR: <input>:-1:0: expression code point size exceeds limit: size: 1040000, limit 100000',
  );
});

test.for([
  ['parentheses', `${'('.repeat(5000)}1${')'.repeat(5000)}`],
  ['lists', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ['negations', `${'-('.repeat(5000)}1${')'.repeat(5000)}`],
  ['fields', `list${'.x'.repeat(40_000)}`],
  ['sums', `1${'+1'.repeat(40_000)}`],
  ['conditions', `${'true?1:'.repeat(10_000)}1`],
  ['levels of both', `${'('.repeat(200)}1${'+1+1+1+1+1+1+1+1)'.repeat(200)}`],
] as const)('%s nested too deep are refused', ([, expression]) => {
  expect(run(expression, json)).toBe(tooDeep);
});

test.for([
  ['parentheses', `${'('.repeat(240)}1${')'.repeat(240)}`, '1'],
  ['macros', `${'[1].map(x, '.repeat(200)}x${')'.repeat(200)} != []`, 'true'],
  ['conjunctions', `true${' && true'.repeat(10_000)}`, 'true'],
  ['signs', `${'!'.repeat(90_001)}true`, 'false'],
] as const)('%s within the limit run', ([, expression, wanted]) => {
  expect(run(expression, json)).toBe(wanted);
});

test.for([
  '`'.repeat(90_000),
  '#'.repeat(90_000),
  "'".repeat(90_001),
  '1'.repeat(90_000),
  '{?'.repeat(40_000),
])('noise %# is refused', (expression) => {
  expect(run(expression)).toMatch(/^ERROR: /);
});

test('a lower limit holds', () => {
  expect(run('[1, 2, 3].all(x, x > 0)', {}, { costLimit: 5 })).toBe(tooExpensive);
});

test('an error leaves the stack traces of the process alone', () => {
  const { stackTraceLimit } = Error;
  run('1 / 0');
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
});

const tokens = `object . ? : ( ) [ ] { } , + - * / % < == && || ! in has 1 1u 0.5 'a' b'a' null true
  x all exists map transformMap optMap orValue size matches format quantity ip type dyn list`;

test('any text compiles and runs, or says why it does not', () => {
  const source = array(constantFrom(...tokens.split(/\s+/)), { maxLength: 24 });
  void assert(
    property(source, string({ unit: 'binary' }), (parts, text) => {
      for (const expression of [parts.join(' '), parts.join(''), text]) {
        expect(run(expression, { object: { a: [1, null, 'x'] } })).toEqual(expect.any(String));
      }
    }),
    { numRuns: 500 },
  );
});
