import { expect, test } from 'vitest';
import { resolveScalar } from '../../scripts/kubernetes/scalars.ts';
import { readYaml } from '../../scripts/kubernetes/yaml.ts';

/** What sigs.k8s.io/yaml, and so kubectl, Argo CD and Flux, makes of plain scalars. */
const table: readonly [string, unknown][] = [
  ['yes', true],
  ['Y', true],
  ['on', true],
  ['off', false],
  ['No', false],
  ['n', false],
  ['yEs', 'yEs'],
  ['yess', 'yess'],
  ['constructor', 'constructor'],
  ['~', null],
  ['', null],
  ['Null', null],
  ['0', 0],
  ['-0', 0],
  ['+12', 12],
  ['0644', 420],
  ['0o644', 420],
  ['0x1F', 31],
  ['-0x1F', -31],
  ['0b101', 5],
  ['08', 8],
  ['1_000', 1000],
  ['12:30:45', '12:30:45'],
  ['2024-01-01', '2024-01-01'],
  ['1e3', 1000],
  ['1.', 1],
  ['.5', 0.5],
  ['1.0', 1],
  ['.inf', Infinity],
  ['-.inf', -Infinity],
  ['1.2.3', '1.2.3'],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['-', '-'],
  ['.', '.'],
  ['100m', '100m'],
  ['1Gi', '1Gi'],
];

test.for(table)('%s is read as %o', ([text, value]) => {
  expect(resolveScalar(text)).toBe(value);
});

/** A dash alone begins a list, which cannot stand on the line of a key. */
const values = table.filter(([text]) => text !== '-');

test.for(values)('%s is read alike by both readers', ([text, value]) => {
  const block = readYaml(`key: ${text}\n`, 'a.yaml');
  const flow = readYaml(`{ key: ${text === '' ? '~' : text} }\n`, 'a.yaml');
  expect(block.documents).toEqual([{ key: value }]);
  expect(flow.documents).toEqual([{ key: value }]);
});

test('keys are read like values and then written as text', () => {
  const read = readYaml('on: 1\n0644: 2\nplain: 4\n', 'a.yaml');
  expect(read.documents).toEqual([{ true: 1, 420: 2, plain: 4 }]);
});

test.for([
  ['a: 1\n~: 2\n', 'a key is null'],
  ['null: 1\n', 'a key is null'],
  ['{a: 1, ~: 2}\n', 'a key is null'],
  ['a: 1\n<<: 2\n', '"<<" merges what is no mapping'],
])('%j is refused', ([text, message]) => {
  expect(readYaml(text as string, 'a.yaml')).toMatchObject({
    documents: [],
    problems: [{ message }],
  });
});

test('a key that only looks like null is none', () => {
  const [document] = readYaml('"null": 1\n\'~\': 2\nnull ish: 3\n', 'a.yaml').documents;
  expect(document).toEqual({ null: 1, '~': 2, 'null ish': 3 });
});
