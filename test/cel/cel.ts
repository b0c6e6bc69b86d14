import { compile, type EvaluateOptions } from '../../scripts/cel/compile.ts';
import { formatIssue, type Issue } from '../../scripts/cel/issues.ts';
import { fromJson } from '../../scripts/cel/json.ts';
import {
  formatDuration,
  formatTimestamp,
  isDuration,
  isTimestamp,
} from '../../scripts/cel/time.ts';
import { dyn } from '../../scripts/cel/types.ts';
import {
  decodeKey,
  isList,
  isMap,
  isOptional,
  isUint,
  type Value,
} from '../../scripts/cel/values.ts';

/** Compiles and runs an expression; what it gave, or what is wrong with it, as text. */
export function run(
  source: string,
  json: Readonly<Record<string, unknown>> = {},
  options: EvaluateOptions & { readonly version?: string } = {},
): string {
  const variables = Object.fromEntries(Object.keys(json).map((name) => [name, dyn]));
  const { version, ...evaluate } = options;
  const compiled = compile(source, { variables, ...(version && { version }) });
  if ('issues' in compiled) return formatIssue(compiled.issues[0] as Issue);
  if ('programError' in compiled) return `program: ${compiled.programError}`;
  const bindings = Object.entries(json).map(([name, value]) => [name, fromJson(value)]);
  const outcome = compiled.program.evaluate(Object.fromEntries(bindings), evaluate);
  return 'error' in outcome ? `error: ${outcome.error}` : show(outcome.value);
}

/** A value as a literal that says its type. */
export function show(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}.0` : String(value);
  if (isUint(value)) return `${value.key}u`;
  if (isList(value)) return `[${value.map(show).join(', ')}]`;
  if (isMap(value)) {
    return `{${[...value]
      .map(([key, item]) => `${show(decodeKey(key))}: ${show(item)}`)
      .sort()
      .join(', ')}}`;
  }
  if (isOptional(value)) return value.value === undefined ? 'none' : `some ${show(value.value)}`;
  if (isTimestamp(value)) return formatTimestamp(value.key);
  if (isDuration(value)) return formatDuration(value.key);
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString('hex')}`;
  if (typeof value === 'object' && value !== null && 'tag' in value) {
    return `${value.tag} ${String(value.key)}`;
  }
  return String(value);
}
