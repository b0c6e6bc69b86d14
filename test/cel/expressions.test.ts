import { expect, test } from 'vitest';
import { run } from './cel.ts';

const json = {
  object: {
    kind: 'Deployment',
    metadata: { name: 'web', labels: { 'app.kubernetes.io/name': 'web' } },
    spec: { replicas: 3, paused: null, weight: 0.5, ports: [80, 443] },
  },
};

/** An expression and what it gives: a value, or an error in the API server's words. */
const expressions: readonly (readonly [string, string])[] = [
  // JSON numbers are integers where they are whole.
  ['object.spec.replicas + 1', '4'],
  ['object.spec.ports.map(port, port * 2)', '[160, 886]'],
  ['object.spec.weight * 2.0', '1.0'],
  ['object.spec.replicas * 2.0', 'error: no such overload'],
  // Presence.
  ['has(object.spec.paused)', 'true'],
  ['has(object.spec.paused.x)', 'false'],
  ['has(object.kind.x)', 'false'],
  ['has(object.spec.ports.x)', "error: unsupported index type 'string' in list"],
  ['object.spec.missing', 'error: no such key: missing'],
  ['object.kind.missing', 'error: no such key: missing'],
  ["object.metadata.labels['app.kubernetes.io/name']", '"web"'],
  ['object.spec.ports[2]', 'error: index out of bounds: 2'],
  ['has(object)', 'ERROR: <input>:1:5: invalid argument to has() macro'],
  // Optionals.
  ["object.?spec.?missing.x.orValue('none')", '"none"'],
  ["object.metadata.labels[?'absent'].hasValue()", 'false'],
  ['object.?spec.replicas.optMap(n, n + 1)', 'some 4'],
  ['object.?absent.optMap(n, n + 1)', 'none'],
  ['object.?spec.optFlatMap(s, s.?replicas).value()', '3'],
  ['optional.none().value()', 'error: optional.none() dereference'],
  ['object.spec.replicas.orValue(1)', 'error: no such overload'],
  ['[?object.?absent, object.kind]', '["Deployment"]'],
  ["{?'a': object.?absent, 'b': object.spec.replicas}", '{"b": 3}'],
  ['optional.of(1).or(optional.of(1 / 0))', 'some 1'],
  ['optional.ofNonZeroValue(0)', 'none'],
  // Errors and the operators that take them in.
  ['1 / 0 == 1 || true', 'true'],
  ['true || 1 / 0 == 1', 'true'],
  ['1 / 0 == 1 && false', 'false'],
  ['1 / 0 == 1 || 1 % 0 == 1', 'error: division by zero'],
  ['[0, 1].exists(x, 1 / x == 1)', 'true'],
  ['[0, 2].exists(x, 1 / x == 1)', 'error: division by zero'],
  ['[0, 2].all(x, 1 / x == 1)', 'false'],
  ['object.kind ? 1 : 2', 'error: no such overload'],
  ['9223372036854775807 + 1', 'error: integer overflow'],
  ['0u - 1u', 'error: unsigned integer overflow'],
  ["int('x')", "program: type conversion error from 'string' to 'int'"],
  // Macros.
  ['[1, 2, 3].exists_one(x, x > 2)', 'true'],
  ['[1, 2, 3].map(x, x > 1, x * x)', '[4, 9]'],
  ["{'a': 1, 'b': 2}.filter(key, key != 'a')", '["b"]'],
  ["{'a': 1}.transformMap(key, value, key + string(value))", '{"a": "a1"}'],
  ["['a', 'b'].transformList(index, value, index > 0, value)", '["b"]'],
  ["['a', 'b'].transformMapEntry(index, value, {value: index})", '{"a": 0, "b": 1}'],
  ["['a', 'a'].transformMapEntry(i, v, {v: i})", 'error: insert failed: key a already exists'],
  ['object.kind.all(x, true)', "error: got 'types.String', expected iterable type"],
  ['[1].all(1, true)', 'ERROR: <input>:1:9: argument must be a simple name'],
  ['[[1, 2], [3]].all(x, x.all(x, x < 4))', 'true'],
  // Static checks.
  ['objekt.kind', "ERROR: <input>:1:1: undeclared reference to 'objekt' (in container '')"],
  [
    "1 + 'a'",
    "ERROR: <input>:1:3: found no matching overload for '_+_' applied to '(int, string)'",
  ],
  [
    "'a'.size(1)",
    "ERROR: <input>:1:9: found no matching overload for 'size' applied to 'string.(int)'",
  ],
  ["[1, 'a']", "ERROR: <input>:1:5: expected type 'int' but found 'string'"],
  ["{'a': 1, 'b': 'c'}", "ERROR: <input>:1:15: expected type 'int' but found 'string'"],
  ['true && 1', "ERROR: <input>:1:9: expected type 'bool' but found 'int'"],
  [
    "true ? 1 : 'a'",
    "ERROR: <input>:1:6: found no matching overload for '_?_:_' applied to '(bool, int, string)'",
  ],
  [
    '1.all(x, true)',
    "ERROR: <input>:1:1: expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)",
  ],
  [
    '[1].filter(x, x)',
    "ERROR: <input>:1:11: found no matching overload for '_?_:_' applied to '(int, list(int), list(int))'",
  ],
  ["duration('1 hour')", 'ERROR: <input>:1:10: invalid duration argument'],
  ["timestamp('today')", 'ERROR: <input>:1:11: invalid timestamp argument'],
  ["'a'.matches('(')", 'ERROR: <input>:1:13: invalid matches argument'],
  [
    "'%d'.format(['a'])",
    'ERROR: <input>:1:14: error during formatting: decimal clause can only be used on integers, was given string',
  ],
  ['Object{a: 1}', "ERROR: <input>:1:7: undeclared reference to 'Object' (in container '')"],
  ['a.\n  b', "ERROR: <input>:1:1: undeclared reference to 'a' (in container '')"],
  [
    "true &&\n  'é' + 1",
    "ERROR: <input>:2:7: found no matching overload for '_+_' applied to '(string, int)'",
  ],
  // Syntax.
  ['1 2', "ERROR: <input>:1:3: Syntax error: extraneous input '2' expecting <EOF>"],
  ['(1', "ERROR: <input>:1:3: Syntax error: missing ')' at '<EOF>'"],
  ['a = 1', "ERROR: <input>:1:3: Syntax error: token recognition error at: '= '"],
  ['"open', "ERROR: <input>:1:1: Syntax error: token recognition error at: '\"open'"],
  ['object.true', "ERROR: <input>:1:8: Syntax error: mismatched input 'true' expecting IDENTIFIER"],
  ['object.', "ERROR: <input>:1:8: Syntax error: no viable alternative at input '.'"],
  ['--', "ERROR: <input>:1:3: Syntax error: no viable alternative at input '-'"],
  ['[1].map(a.b, 1)', 'ERROR: <input>:1:10: argument is not an identifier'],
  ['for', 'ERROR: <input>:1:1: reserved identifier: for'],
  ['9223372036854775808', 'ERROR: <input>:1:1: invalid int literal'],
  ["{'a-b': 1}.`a-b`", '1'],
  ["'😀é'.size()", '2'],
  ['-1 - -1', '0'],
  ['!!true', 'true'],
  ["r'\\d' + '\\u00e9'", '"\\\\dé"'],
  // What JavaScript would offer by itself.
  ["{'a': 1}.constructor", 'error: no such key: constructor'],
  [
    'object.toString()',
    "ERROR: <input>:1:16: undeclared reference to 'toString' (in container '')",
  ],
  ["{'__proto__': 1}.__proto__", '1'],
];

test.for(expressions)('%s', ([expression, wanted]) => {
  expect(run(expression, json)).toBe(wanted);
});

test('a single overload stays fixed when the expression runs', () => {
  const pods = { object: { limits: { gpu: 1 } } };
  expect(run("string(object.?limits[?'gpu'].orValue('0'))", pods)).toBe(
    'error: no such overload: string(int)',
  );
});

test.for([
  ['1.27', 'object.?spec.hasValue()', "unsupported syntax '.?'"],
  ['1.28', 'sets.contains([1], [1])', "undeclared reference to 'sets'"],
  ['1.29', "isIP('::1')", "undeclared reference to 'isIP'"],
  ['1.31', '[1].all(i, v, true)', "undeclared reference to 'all'"],
  ['1.32', "isSemver('1.0.0')", "undeclared reference to 'isSemver'"],
  ['1.33', '[2, 1].sort() == [1, 2]', "undeclared reference to 'sort'"],
] as const)('%s has no %s', ([version, expression, message]) => {
  expect(run(expression, json, { version })).toContain(message);
  const next = `1.${Number(version.slice(2)) + 1}`;
  expect(run(expression, json, { version: next })).toBe('true');
});
