import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readBlocks } from '../../scripts/kubernetes/block-reader.ts';
import { readYaml } from '../../scripts/kubernetes/yaml.ts';

const key = fc.stringMatching(/^x[a-z-]{0,6}$/);
const scalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.stringMatching(/^( ?[a-z#:'"-]{1,3}\n?){0,4}$/),
);
const tree = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(key, tie('node'), { maxKeys: 4 }),
  ),
})).node;

describe('the block reader', () => {
  test('reads what was written, or leaves it to the full parser', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.dictionary(key, tree, { minKeys: 1 }), (value) => {
        const text = stringify(value, { version: '1.1', lineWidth: 0 });
        const documents = readBlocks(text);
        if (documents === undefined) return;
        read++;
        expect(documents).toEqual([value]);
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(read).toBeGreaterThan(300);
  });

  test('reads long texts that go over several lines', () => {
    let read = 0;
    const long = fc.array(fc.stringMatching(/^[a-z0-9'{}",.>%-]{1,8}$/), { minLength: 5 });
    fc.assert(
      fc.property(fc.array(long, { minLength: 1, maxLength: 3 }), (texts) => {
        const value = { a: texts.map((words) => words.join(' ')), b: { c: 1 } };
        for (const defaultStringType of ['PLAIN', 'QUOTE_SINGLE'] as const) {
          const options = { version: '1.1', lineWidth: 24, defaultStringType } as const;
          const documents = readBlocks(stringify(value, options));
          if (documents === undefined) continue;
          read++;
          expect(documents).toEqual([value]);
        }
      }),
      { numRuns: 1000 },
    );
    expect(read).toBeGreaterThan(300);
  });

  test.for([
    ['a:\n- 1\n-\n  b: 2\n-   c: 3\n    d: 4\n', [{ a: [1, { b: 2 }, { c: 3, d: 4 }] }]],
    ['a: |-\n  x\n\n    y\nb: |\n  z\n', [{ a: 'x\n\n  y', b: 'z\n' }]],
    ['a: |+\n  x\n\n\nb: 1\n', [{ a: 'x\n\n\n', b: 1 }]],
    ["# c\na: 1 # c\n\n---\n# only a comment\n---\n\"b\": 'it''s'\n", [{ a: 1 }, { b: "it's" }]],
    ['a:\nb:\n  - c\n', [{ a: null, b: ['c'] }]],
    ['a: >-\n  x\n  y\n\n  z\nb: >\n  x\n', [{ a: 'x y\nz', b: 'x\n' }]],
    ['a: >+\n  x\n\nb: 1\n', [{ a: 'x\n\n', b: 1 }]],
    [
      'a: {b: c, d: [1, "x, y", \'\'], e: {}} # c\n',
      [{ a: { b: 'c', d: [1, 'x, y', ''], e: {} } }],
    ],
    ['- { yes: 0644 }\n- [-c, a b]\n', [[{ true: 420 }, ['-c', 'a b']]]],
    ['a: "b # c" # d\ne: \'f\' # g\n', [{ a: 'b # c', e: 'f' }]],
    ['url: http://x:80/y#z\n', [{ url: 'http://x:80/y#z' }]],
    [
      "a: one\n  two\n\n  - three\nb: 'it''s\n\n\n  {a} '\n".replace('- ', '-'),
      [{ a: 'one two\n-three', b: "it's\n\n{a} " }],
    ],
  ])('%j', ([text, documents]) => {
    expect(readBlocks(text as string)).toEqual(documents);
  });

  test.for([
    'a: {b: c,\n  d: e}\n',
    'a: {b: c, b: d}\n',
    'a: {b}\n',
    'a: {b:c}\n',
    'a: [b, c\n',
    'a: [b] c\n',
    'a: [b, ]\n',
    'a: [*x]\n',
    'a: [nginx:1.25]\n',
    '{a: b}\n',
    'a: "b" c\n',
    'a: &x 1\n',
    'a: !!str 1\n',
    'a: one\n  two: 2\n',
    'a: one # c\n  two\n',
    "a: 'one\n  two' # c\n",
    "a: 'one\n",
    'a: 1\n b: 2\n',
    'a: 1\na: 2\n',
    'a:\tb\n',
    'a: >\n  x\n    y\n',
    'a: >\n\n  x\n',
    'a: >2\n   x\n',
    'a: b: c\n',
    '__proto__: 1\n',
    '? a\n: b\n',
    '- - a\n',
    'a\n',
    'a: |2\n   x\n',
    'a: |\n  x',
    '%YAML 1.2\n---\na: 1\n',
  ])('leaves %j to the full parser', (text) => {
    expect(readBlocks(text)).toBeUndefined();
  });
});

test('one odd document costs the others nothing', () => {
  const text = 'a: 1\n---\nb: {c: yes}\n--- # d\ne: 2\n---\n---\nf: |\n  ---\n  g\n';
  expect(readYaml(text, 'a.yaml').documents).toEqual([
    { a: 1 },
    { b: { c: true } },
    { e: 2 },
    { f: '---\ng\n' },
  ]);
  expect(readYaml(`${text}---\nh: }\n`, 'a.yaml')).toMatchObject({
    documents: [],
    problems: [{ location: { file: 'a.yaml', line: 12 } }],
  });
});

describe('the full parser', () => {
  test('shares what aliases stand for, and merges', () => {
    const text = 'a: &x { k: yes }\nb: *x\nc: { <<: *x, l: 0644 }\n';
    expect(readYaml(text, 'a.yaml').documents).toEqual([
      { a: { k: true }, b: { k: true }, c: { k: true, l: 420 } },
    ]);
  });

  test('stops at an alias bomb', () => {
    const levels = Array.from({ length: 12 }, (_, n) => {
      const items = Array.from({ length: 9 }, () => (n === 0 ? 'x' : `*a${n - 1}`)).join(', ');
      return `a${n}: &a${n} [${items}]\n`;
    });
    const { documents, problems } = readYaml(levels.join(''), 'bomb.yaml');
    expect(documents).toEqual([]);
    expect(problems[0]).toMatchObject({
      message: 'aliases stand for more than 10000 values',
      location: { file: 'bomb.yaml', line: 5 },
    });
  });

  test('survives hopeless nesting', () => {
    const { documents, problems } = readYaml('['.repeat(100_000), 'deep.yaml');
    expect(documents).toEqual([]);
    expect(problems).not.toEqual([]);
  });

  test('keeps a key named __proto__ from changing the object', () => {
    const [document] = readYaml('{ __proto__: { polluted: true }, a: 1 }', 'a.yaml').documents;
    expect(Object.keys(document as object)).toEqual(['__proto__', 'a']);
    expect((document as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('never quotes the text, which may be a secret', () => {
    const text = 'password: hunter2secret: {\n  [hunter2secret\n"hunter2secret\n';
    const { problems } = readYaml(text, 'a.yaml');
    expect(problems).not.toEqual([]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
});
