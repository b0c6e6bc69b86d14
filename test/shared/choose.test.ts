import { expect, test } from 'vitest';
import { rules } from '../../scripts/rules/registry.ts';
import { choose } from '../../scripts/shared/choose.ts';

const many = Object.fromEntries(rules.map((rule) => [rule.id, rule]));

test.for([
  [
    'nearly a name',
    'images/pined-tag',
    /^no rule "images\/pined-tag"; did you mean "images\/pinned-tag"\?$/,
  ],
  ['a name of a group', 'images/zzzzzzzzzzzzz', /; choose from images\/pinned-tag$/],
  ['a name of nothing', 'zzzz/zzzzzzzzzzzzz', /; choose from yaml\/…, kustomization\/…, /],
  ['no name', undefined, /^name a rule: yaml\/…, /],
] as const)('%s is told in one line that can be read', ([, name, message]) => {
  expect(() => choose('rule', many, name)).toThrow(message);
});

test('few names are all told', () => {
  expect(() => choose('colour', { red: 1, blue: 2 }, 'zzzzzz')).toThrow(
    'no colour "zzzzzz"; choose from red, blue',
  );
});
