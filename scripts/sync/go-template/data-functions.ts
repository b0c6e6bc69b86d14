import { isRecord } from '../../kubernetes/fields.ts';
import { readYaml } from '../../kubernetes/yaml.ts';
import { yamlLibrary } from '../../kubernetes/yaml-library.ts';
import { re2 } from '../../shared/re2.ts';
import { CannotTell, TemplateFault } from './errors.ts';
import type { TemplateFunction } from './functions.ts';
import { asInt, asList, asMap, asString, byBytes, isTrue, textOf, typeOf } from './values.ts';

/** Lists, maps and what turns them into text and back. */
export const dataFunctions: Readonly<Record<string, TemplateFunction>> = {
  index: ([value, ...keys]) => keys.reduce(indexed, value),
  len: ([value]) => BigInt(lengthOf(value)),
  slice: ([value, ...ends]) => sliced(value, ends.map(asInt)),
  list: (values) => [...values],
  dict: (values) => pairs(values),
  get: ([map, key]) => own(asMap(map), asString(key)) ?? '',
  hasKey: ([map, key]) => Object.hasOwn(asMap(map), asString(key)),
  keys: (maps) => maps.flatMap((map) => Object.keys(asMap(map)).sort(byBytes)),
  values: ([map]) => Object.values(asMap(map)),
  dig: (values) => dug(values),
  first: ([list]) => asList(list)[0],
  last: ([list]) => asList(list).at(-1),
  rest: ([list]) => asList(list).slice(1),
  initial: ([list]) => asList(list).slice(0, -1),
  reverse: ([list]) => [...asList(list)].reverse(),
  uniq: ([list]) => [...new Set(asList(list))],
  compact: ([list]) => asList(list).filter(isTrue),
  append: ([list, value]) => [...asList(list), value],
  prepend: ([list, value]) => [value, ...asList(list)],
  concat: (lists) => lists.flatMap(asList),
  has: ([value, list]) => (list === undefined ? false : asList(list).includes(value)),
  without: ([list, ...others]) => asList(list).filter((one) => !others.includes(one)),
  sortAlpha: ([list]) => strings(list).sort(byBytes),
  join: ([sign, list]) => strings(list).join(asString(sign)),
  split: ([sign, value]) => numbered(asString(value).split(asString(sign))),
  splitList: ([sign, value]) => asString(value).split(asString(sign)),
  splitn: ([sign, count, value]) => numbered(pieces(asString(sign), asInt(count), asString(value))),
  toYaml: ([value]) => yamlLibrary().stringify(plain(value), { sortMapEntries: true }).trimEnd(),
  fromYaml: ([value]) => asMap(parsed(value) ?? {}),
  fromYamlArray: ([value]) => asList(parsed(value) ?? []),
  toJson: ([value]) => jsonText(value),
  toRawJson: ([value]) => JSON.stringify(plain(value)),
  fromJson: ([value]) => parsed(value),
  regexMatch: ([pattern, value]) => compiled(pattern).matcher(asString(value)).find(),
  regexReplaceAll: ([pattern, value, to]) =>
    compiled(pattern)
      .matcher(asString(value))
      .replaceAll(replacement(asString(to))),
  regexReplaceAllLiteral: ([pattern, value, to]) =>
    compiled(pattern)
      .matcher(asString(value))
      .replaceAll(asString(to).replaceAll('\\', '\\\\').replaceAll('$', '\\$')),
};

function indexed(value: unknown, key: unknown): unknown {
  if (value === undefined || value === null) throw new TemplateFault('index of untyped nil');
  if (Array.isArray(value)) {
    if (typeof key !== 'bigint') {
      throw new TemplateFault(`cannot index slice/array with type ${typeOf(key)}`);
    }
    if (key < 0n || key >= value.length) throw new TemplateFault(`index out of range: ${key}`);
    return value[Number(key)];
  }
  if (isRecord(value)) return own(value, asString(key));
  throw new TemplateFault(`can't index item of type ${typeOf(value)}`);
}

function own(map: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (Array.isArray(value)) return value.length;
  if (isRecord(value)) return Object.keys(value).length;
  throw new TemplateFault(`len of type ${typeOf(value)}`);
}

function sliced(value: unknown, [from = 0, to]: readonly number[]): unknown {
  const whole = typeof value === 'string' ? value : asList(value);
  const end = to ?? whole.length;
  if (from < 0 || end > whole.length || from > end) {
    throw new TemplateFault(`index out of range: ${from < 0 || from > end ? from : end}`);
  }
  return whole.slice(from, end);
}

function pairs(values: readonly unknown[]): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (let at = 0; at < values.length; at += 2) entries.push([textOf(values[at]), values[at + 1]]);
  return Object.fromEntries(entries);
}

/** `dig "a" "b" fallback map`. */
function dug(values: readonly unknown[]): unknown {
  if (values.length < 3) throw new TemplateFault('dig needs at least three arguments');
  let at: unknown = asMap(values.at(-1));
  for (const key of values.slice(0, -2)) {
    const map = asMap(at);
    const name = asString(key);
    if (!Object.hasOwn(map, name)) return values.at(-2);
    at = map[name];
  }
  return at;
}

function strings(list: unknown): string[] {
  return asList(list)
    .filter((one) => one !== null && one !== undefined)
    .map((one) => textOf(one));
}

/** What sprig's `split` gives: `_0`, `_1`, ... */
function numbered(parts: readonly string[]): Record<string, string> {
  return Object.fromEntries(parts.map((part, index) => [`_${index}`, part]));
}

function pieces(sign: string, count: number, value: string): string[] {
  const all = value.split(sign);
  if (count < 0 || all.length <= count) return all;
  return count === 0 ? [] : [...all.slice(0, count - 1), all.slice(count - 1).join(sign)];
}

function parsed(value: unknown): unknown {
  const { documents, problems } = readYaml(asString(value), '');
  if (problems.length > 0) throw new TemplateFault('a text is no YAML');
  return documents[0];
}

/** Whole numbers are bigint here, which neither YAML nor JSON writes. */
function plain(value: unknown, depth = 0): unknown {
  if (depth > 20) throw new CannotTell('a value is nested too deeply');
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map((one) => plain(one, depth + 1));
  if (!isRecord(value)) return value ?? null;
  const entries = Object.entries(value).sort(([a], [b]) => byBytes(a, b));
  return Object.fromEntries(entries.map(([key, one]) => [key, plain(one, depth + 1)]));
}

function jsonText(value: unknown): string {
  const text = JSON.stringify(plain(value));
  return text.replaceAll(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
}

function compiled(pattern: unknown): ReturnType<ReturnType<typeof re2>['compile']> {
  try {
    return re2().compile(asString(pattern));
  } catch {
    throw new TemplateFault('a regular expression is not valid');
  }
}

/** Go's `${1}` is the library's `$1`. */
function replacement(to: string): string {
  if (/\$\{?[A-Za-z_]/.test(to)) throw new CannotTell('a replacement by name is not followed');
  return to.replaceAll('\\', '\\\\').replaceAll(/\$\{(\d+)\}/g, '$$$1');
}
