import { tests } from '@bufbuild/cel-spec/testdata/conformance.js';
import { expect, test } from 'vitest';
import { compile } from '../../scripts/cel/compile.ts';
import { formatIssue, type Issue } from '../../scripts/cel/issues.ts';
import { dyn, formatType } from '../../scripts/cel/types.ts';
import { encodeKey, type Key, typeValue, uint, type Value } from '../../scripts/cel/values.ts';
import { show } from './cel.ts';

/** What Kubernetes does not have, does otherwise, or what needs protobuf. */
const outside =
  /TestAllTypes|TestRequired|google\.protobuf\.(?!Timestamp|Duration)|cel\.(expr|bind|block|index|iterVar)|proto\.|math\.|base64\.|\bmsg\b/;
/** Where the API server decides otherwise than the specification; each line says why. */
const otherwise: readonly (readonly [RegExp, string])[] = [
  [/"[^"]*%\.?\d*[edf][^"]*"\.format|str_var\.format/, 'formats numbers for a locale'],
  [/"%s[^"]*"\.format\(\[(dyn\()?[[{]/, 'writes lists and maps as literals'],
  [/\[dyn\(b''\)\]/, 'refuses an impossible constant index before it runs'],
  [/\{true:1,false:2,true:3\}/, 'lets the last of equal keys win'],
  [/ndexOf\('a', 30\)/, 'finds nothing behind the end'],
  [/\.invalid\.hasValue|\.absent\.hasValue/, 'finds no field on null and on numbers'],
];
/** Lists and maps of several types compile in the specification only. */
const mixed = /expected type '.*' but found/;

interface Original {
  readonly name: string;
  readonly expr: string;
  readonly bindings?: Record<string, { readonly value: Tagged }>;
  readonly typeEnv?: readonly { readonly name: string; readonly function?: unknown }[];
  readonly value?: Tagged;
  readonly evalError?: unknown;
  /** The type that the reference implementation finds. */
  readonly type?: string;
  readonly [other: string]: unknown;
}
type Tagged = Readonly<Record<string, unknown>>;
interface Suite {
  readonly suites?: readonly Suite[];
  readonly tests?: readonly { readonly original: unknown; readonly type?: string }[];
}

const all = originals(tests as Suite);
const cases = all.filter(
  (original) =>
    !outside.test(original.expr) &&
    !['disableCheck', 'container', 'checkOnly', 'typedResult'].some((key) => original[key]) &&
    !/objectValue|enumValue/.test(JSON.stringify([original.value, original.bindings])) &&
    !original.typeEnv?.some(({ function: declared }) => declared) &&
    !Object.keys(original.bindings ?? {}).some((name) => name.includes('.')) &&
    !otherwise.some(([pattern]) => pattern.test(original.expr)),
);

test('the specification has the tests that this suite knows', () => {
  expect(cases).toHaveLength(1227);
});

test.for(otherwise.map(([pattern, reason]) => [reason, pattern] as const))(
  'the API server %s',
  ([, pattern]) => {
    expect(all.some(({ expr }) => pattern.test(expr))).toBe(true);
  },
);

test.for(cases.map((original) => [original.expr, original] as const))('%s', ([, original]) => {
  const found = outcome(original);
  if (mixed.test(found)) return;
  if (original.evalError) expect(found).toMatch(/^(ERROR|error)/);
  else expect(found).toBe(show(original.value ? readValue(original.value) : true));
});

const typed = cases.filter(({ type, typeEnv }) => type && !typeEnv);

test.for(typed.map((original) => [original.expr, original] as const))(
  'the type of %s',
  ([, { expr, bindings = {}, type }]) => {
    const variables = Object.fromEntries(Object.keys(bindings).map((name) => [name, dyn]));
    const compiled = compile(expr, { variables });
    if ('program' in compiled) expect(formatType(compiled.program.type)).toBe(type);
    else expect(outcome({ name: '', expr, bindings })).toMatch(/^(ERROR|error)/);
  },
);

test('few expressions fall to the ban on mixed types', () => {
  const refused = cases.filter((original) => mixed.test(outcome(original)));
  expect(refused.length).toBeLessThan(60);
});

function outcome({ expr, bindings = {}, typeEnv = [] }: Original): string {
  const names = [...Object.keys(bindings), ...typeEnv.map(({ name }) => name)];
  const variables = Object.fromEntries(names.map((name) => [name, dyn]));
  const compiled = compile(expr, { variables });
  if ('issues' in compiled) return formatIssue(compiled.issues[0] as Issue);
  if ('programError' in compiled) return `error: ${compiled.programError}`;
  const values = Object.entries(bindings).map(([name, { value }]) => [name, readValue(value)]);
  const ran = compiled.program.evaluate(Object.fromEntries(values));
  return 'error' in ran ? `error: ${ran.error}` : show(ran.value);
}

function originals(suite: Suite): Original[] {
  const own = (suite.tests ?? []).map(
    ({ original, type }) => ({ ...(original as Original), ...(type && { type }) }) as Original,
  );
  return [...own, ...(suite.suites ?? []).flatMap(originals)];
}

/** A value in protobuf's JSON form. */
function readValue(tagged: Tagged): Value {
  const [[kind, content]] = Object.entries(tagged) as [[string, unknown]];
  switch (kind) {
    case 'int64Value':
      return BigInt(content as string);
    case 'uint64Value':
      return uint(BigInt(content as string));
    case 'doubleValue':
      return Number(content);
    case 'bytesValue':
      return new Uint8Array(Buffer.from(content as string, 'base64'));
    case 'listValue':
      return ((content as { values?: Tagged[] }).values ?? []).map(readValue);
    case 'mapValue': {
      const { entries = [] } = content as { entries?: { key: Tagged; value: Tagged }[] };
      return new Map(
        entries.map(({ key, value }) => [encodeKey(readValue(key)) as Key, readValue(value)]),
      );
    }
    case 'typeValue':
      return typeValue(content as string);
    case 'nullValue':
      return null;
    default:
      return content as string | boolean;
  }
}
