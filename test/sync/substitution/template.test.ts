import { expect, test } from 'vitest';
import { evaluateTemplate } from '../../../scripts/sync/substitution/evaluate-template.ts';
import { parseTemplate } from '../../../scripts/sync/substitution/parse-template.ts';

const variables: Readonly<Record<string, string>> = {
  name: 'web',
  empty: '',
  mixed: 'Ab-Cd',
  file: 'bash.string.txt',
  path: '/home/user/thoughts.today',
  twice: 'abcABC123ABCabc',
  umlaut: 'für',
  dollars: '$1 ${name}',
  _under9: 'u',
};

function substitute(text: string): string {
  const lookUp = (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined);
  return evaluateTemplate(parseTemplate(text), lookUp, ({ variable }) => `<no ${variable}>`);
}

test.for([
  // Text and variables.
  ['', ''],
  ['plain text, {braces} and } alone', 'plain text, {braces} and } alone'],
  ['${name}', 'web'],
  ['a-${name}-${name}.b', 'a-web-web.b'],
  ['${_under9}', 'u'],
  ['${empty}', ''],
  ['${missing}', '<no missing>'],
  ['${MISSING}${name}', '<no MISSING>web'],
  ['a value is not read again: ${dollars}', 'a value is not read again: $1 ${name}'],
  // A dollar sign without a brace.
  ['$name', '$name'],
  ['$', '$'],
  ['cost: 5$', 'cost: 5$'],
  ['$(name) $1 $@', '$(name) $1 $@'],
  ['$${name}', '${name}'],
  ['$${}', '${}'],
  ['$${name:-$${other}}', '${name:-${other}}'],
  ['$$name', '$name'],
  ['$$', '$'],
  ['$$$', '$$'],
  ['$$$$', '$$'],
  ['$$${name}', '$web'],
  ['$$$${name}', '$${name}'],
  ['$${name=${name}}', '${name=web}'],
  // Defaults; a value that is empty counts as none.
  ['${missing:-x}', 'x'],
  ['${missing:=x}', 'x'],
  ['${missing=x}', 'x'],
  ['${name:-x}', 'web'],
  ['${name:=x}', 'web'],
  ['${empty:-x}', 'x'],
  ['${empty:=x}', 'x'],
  ['${empty=x}', 'x'],
  ['${missing:-}', ''],
  ['${missing:=}', ''],
  ['${missing:-https://example.com/a/b?c=d#e}', 'https://example.com/a/b?c=d#e'],
  ['${missing:-1.5}', '1.5'],
  ['${missing:-a b: c}', 'a b: c'],
  ['${missing:-"quoted"}', '"quoted"'],
  ['${missing:-a:-b}', 'a:-b'],
  ['${missing:?is needed}', 'is needed'],
  ['${name:+other}', 'web'],
  ['${missing:-$name}', '$name'],
  ['${missing:-$$}', '$$'],
  // Defaults in defaults.
  ['${missing:-${name}}', 'web'],
  ['${missing:-${other}}', '<no other>'],
  ['${name:-${other}}', 'web'],
  ['${missing:-${other:-${name}}}', 'web'],
  ['${missing:-pre-${name}-post}', 'pre-web-post'],
  ['${missing:=${mixed,,}}', 'ab-cd'],
  ['${missing:-{}}', '{}'],
  // Length, case.
  ['${#name}', '3'],
  ['${#empty}', '0'],
  ['${#umlaut}', '4'],
  ['${#missing}', '<no missing>'],
  ['${name^}', 'Web'],
  ['${name^^}', 'WEB'],
  ['${mixed,}', 'ab-Cd'],
  ['${mixed,,}', 'ab-cd'],
  ['${empty^}', ''],
  ['${missing^^}', '<no missing>'],
  // Parts.
  ['${path:6}', 'user/thoughts.today'],
  ['${path:6:4}', 'user'],
  ['${path:99}', ''],
  ['${path:99:1}', ''],
  ['${path:6:99}', 'user/thoughts.today'],
  ['${path:-5}', '/home/user/thoughts.today'],
  ['${path:0:-6}', '/home/user/thoughts'],
  ['${path:x}', '/home/user/thoughts.today'],
  ['${name: 1}', 'web'],
  ['${missing:0:1}', '<no missing>'],
  ['${twice:${#name}:3}', 'ABC'],
  // What is taken off.
  ['${file#*.}', 'string.txt'],
  ['${file##*.}', 'txt'],
  ['${file%.*}', 'bash.string'],
  ['${file%%.*}', 'bash'],
  ['${path##*/}', 'thoughts.today'],
  ['${path%/*}', '/home/user'],
  ['${path#/}', 'home/user/thoughts.today'],
  ['${name#x}', 'web'],
  ['${name#?}', 'eb'],
  ['${name#[a-w]}', 'eb'],
  ['${name#[^a-v]}', 'eb'],
  ['${name#[w}', 'web'],
  ['${name##*}', ''],
  ['${missing#a}', '<no missing>'],
  // What is replaced.
  ['${twice/abc/xyz}', 'xyzABC123ABCabc'],
  ['${twice//abc/xyz}', 'xyzABC123ABCxyz'],
  ['${twice/#abc/xyz}', 'xyzABC123ABCabc'],
  ['${twice/%abc/xyz}', 'abcABC123ABCxyz'],
  ['${twice//abc/}', 'ABC123ABC'],
  ['${twice/#/pre-}', 'pre-abcABC123ABCabc'],
  ['${twice/%/-post}', 'abcABC123ABCabc-post'],
  ['${path//\\//-}', '-home-user-thoughts.today'],
  ['${file/./$&}', 'bash$&string.txt'],
  ['${twice/abc/${name}}', 'webABC123ABCabc'],
  ['${missing/a/b}', '<no missing>'],
] as const)('%s', ([text, expected]) => {
  expect(substitute(text)).toBe(expected);
});

test.for([
  ['${', 'no variable name'],
  ['${}', 'no variable name'],
  ['${ name }', 'no variable name'],
  ['${{ matrix.os }}', 'no variable name'],
  ['${!name}', 'no variable name'],
  ['${@}', 'no variable name'],
  ['${name', 'no closing brace'],
  ['${name-x}', 'no closing brace'],
  ['${name+x}', 'no closing brace'],
  ['${name?x}', 'no closing brace'],
  ['${name[0]}', 'no closing brace'],
  ['${a.b}', 'no closing brace'],
  ['${name:-x', 'no closing brace'],
  ['${name#a${file}}', 'no closing brace'],
  ['${name,,,}', 'no closing brace'],
  ['${#name:1}', 'no closing brace'],
  ['${name#}', 'nothing after the operator'],
  ['${name:}', 'nothing after the operator'],
  ['${name/a}', 'no second slash'],
] as const)('%s is refused', ([text, expected]) => {
  expect(() => substitute(text)).toThrow(expected);
});

test('texts that multiply are refused', () => {
  const long = 'x'.repeat(5_000_000);
  const lookUp = () => long;
  const evaluate = (text: string) => evaluateTemplate(parseTemplate(text), lookUp, () => '');
  expect(() => evaluate('${a}${a}${a}${a}')).toThrow('longer than 16 MiB');
  expect(() => evaluate('${a//x/${a}}')).toThrow('longer than 16 MiB');
  expect(evaluate('${a//x/y}')).toHaveLength(5_000_000);
});

test('patterns and defaults of a stranger cost little', () => {
  const stars = `\${file#${'*a'.repeat(5_000)}}`;
  expect(substitute(stars)).toBe('bash.string.txt');
  expect(() => substitute('${a:-'.repeat(50_000))).toThrow('nested too deeply');
  expect(substitute('$'.repeat(200_000))).toHaveLength(100_000);
});
