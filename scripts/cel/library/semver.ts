import { EvaluationError, fail } from '../errors.ts';
import { declare, type Library } from '../overloads.ts';
import type { Opaque, Value } from '../values.ts';

const tag = 'kubernetes.Semver';

/** A semantic version as CEL sees it; its key leaves the build out, which equality ignores. */
interface Semver extends Opaque {
  readonly tag: typeof tag;
  readonly numbers: readonly [bigint, bigint, bigint];
  readonly pre: readonly string[];
  readonly text: string;
}

/** Semantic versions. */
export const semanticVersions: Library = {
  since: 33,
  types: [tag],
  functions: [
    declare('semver', {
      [`(string) -> ${tag}`]: parse,
      [`(string, bool) -> ${tag}`]: (text: string, normal: boolean) =>
        parse(normal ? normalize(text) : text),
    }),
    declare('isSemver', {
      '(string) -> bool': (text: string) => isVersion(text),
      '(string, bool) -> bool': (text: string, normal: boolean) =>
        isVersion(normal ? normalize(text) : text),
    }),
    method('major', 0),
    method('minor', 1),
    method('patch', 2),
    comparison('isGreaterThan', 'bool', (order) => order > 0n),
    comparison('isLessThan', 'bool', (order) => order < 0n),
    comparison('compareTo', 'int', (order) => order),
  ],
};

function method(name: string, index: 0 | 1 | 2) {
  return declare(name, { [`${tag}.() -> int`]: ({ numbers }: Semver) => numbers[index] });
}

function comparison(name: string, result: string, decide: (order: bigint) => Value) {
  return declare(name, {
    [`${tag}.(${tag}) -> ${result}`]: (one: Semver, other: Semver) => decide(compare(one, other)),
  });
}

function isVersion(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    if (error instanceof EvaluationError) return false;
    throw error;
  }
}

/** Drops a leading `v` and zeros, and adds missing numbers. */
function normalize(text: string): string {
  const [, core = '', rest = ''] = /^v?([^+-]*)([\s\S]*)$/.exec(text) ?? [];
  const numbers = core.split('.').map((part) => part.replace(/^0+(?=.)/, ''));
  while (numbers.length < 3) numbers.push('0');
  return `${numbers.join('.')}${rest}`;
}

function parse(text: string): Semver {
  if (text === '') return fail('Version string empty');
  const [major, minor, ...others] = text.split('.');
  if (minor === undefined || others.length === 0)
    return fail('No Major.Minor.Patch elements found');
  const tail = others.join('.');
  const plus = tail.indexOf('+');
  const build = plus === -1 ? undefined : tail.slice(plus + 1);
  const front = plus === -1 ? tail : tail.slice(0, plus);
  const dash = front.indexOf('-');
  const pre = dash === -1 ? undefined : front.slice(dash + 1).split('.');
  const numbers = [
    number('major', major ?? ''),
    number('minor', minor),
    number('patch', dash === -1 ? front : front.slice(0, dash)),
  ] as const;
  for (const part of pre ?? []) checkPart(part, 'Prerelease');
  for (const part of build?.split('.') ?? []) checkPart(part, 'Build meta data');
  const core = `${numbers.join('.')}${pre ? `-${pre.join('.')}` : ''}`;
  const whole = build === undefined ? core : `${core}+${build}`;
  return { tag, key: core, numbers, pre: pre ?? [], text: whole };
}

function number(name: string, digits: string): bigint {
  const title = name === 'patch' ? 'Patch' : name === 'major' ? 'Major' : 'Minor';
  if (!/^\d+$/.test(digits)) {
    return fail(`Invalid character(s) found in ${name} number ${JSON.stringify(digits)}`);
  }
  if (digits.length > 1 && digits.startsWith('0')) {
    return fail(`${title} number must not contain leading zeroes ${JSON.stringify(digits)}`);
  }
  const value = BigInt(digits);
  return value < 1n << 64n
    ? value
    : fail(`strconv.ParseUint: parsing ${JSON.stringify(digits)}: value out of range`);
}

function checkPart(part: string, name: string): void {
  if (part === '') fail(`${name} is empty`);
  if (!/^[0-9A-Za-z-]+$/.test(part)) {
    fail(`Invalid character(s) found in ${name.toLowerCase()} ${JSON.stringify(part)}`);
  }
  if (name === 'Prerelease' && /^0\d+$/.test(part)) {
    fail(`Numeric PreRelease version must not contain leading zeroes ${JSON.stringify(part)}`);
  }
}

function compare(one: Semver, other: Semver): bigint {
  for (const [index, value] of one.numbers.entries()) {
    const order = value - (other.numbers[index] ?? 0n);
    if (order !== 0n) return order > 0n ? 1n : -1n;
  }
  if (one.pre.length === 0 || other.pre.length === 0) {
    return BigInt(other.pre.length > 0) - BigInt(one.pre.length > 0);
  }
  for (const [index, part] of one.pre.entries()) {
    const against = other.pre[index];
    if (against === undefined) return 1n;
    const order = comparePart(part, against);
    if (order !== 0n) return order;
  }
  return one.pre.length < other.pre.length ? -1n : 0n;
}

function comparePart(one: string, other: string): bigint {
  if (one === other) return 0n;
  const [left, right] = [/^\d+$/.test(one), /^\d+$/.test(other)];
  if (left && right) return BigInt(one) > BigInt(other) ? 1n : -1n;
  if (left !== right) return left ? -1n : 1n;
  return one > other ? 1n : -1n;
}
