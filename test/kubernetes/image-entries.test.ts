import fc from 'fast-check';
import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { changedImage, imagePattern } from '../../scripts/kubernetes/image-entries.ts';

test('a plain name matches what kustomize’s own pattern matches', () => {
  const part = fc.constantFrom(
    'a',
    'b.c',
    '.',
    '/',
    ':',
    '1',
    '@sha256:',
    'ab',
    '-',
    'io:5000/',
    '$',
  );
  const text = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
  const pair = fc.tuple(text, text, fc.boolean());
  let matched = 0;
  fc.assert(
    fc.property(pair, ([name, rest, isLonger]) => {
      const image = isLonger ? name.replaceAll('.', 'x') + rest : rest;
      // As imagetag/updater.go of kustomize writes it.
      const source = `^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`;
      const isMatched = RE2JS.compile(source).matcher(image).find();
      if (isMatched) matched++;
      expect(imagePattern(name)?.(image)).toBe(isMatched);
    }),
    { numRuns: 8000, seed: 1 },
  );
  expect(matched).toBeGreaterThan(200);
});

test.for([
  ['nginx.*', 'nginx-extra:1', true],
  ['nginx', 'nginx-extra:1', false],
  ['web:1.0', 'web:1.0', true],
  ['web:1.0', 'web:1.1', false],
  ['(', 'web', undefined],
] as const)('%s, %s', ([name, image, isMatched]) => {
  expect(imagePattern(name)?.(image)).toBe(isMatched);
});

test('an entry changes only what it names', () => {
  expect(changedImage({ newTag: '2' }, 'io:5000/web:1@sha256:aa')).toBe('io:5000/web:2');
  expect(changedImage({ newName: 'other' }, 'web:1')).toBe('other:1');
  expect(changedImage({ digest: 'sha256:bb' }, 'web:1')).toBe('web@sha256:bb');
});
