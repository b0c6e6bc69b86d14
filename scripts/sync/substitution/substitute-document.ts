import { isRecord, recordAt } from '../../kubernetes/fields.ts';
import { readYaml } from '../../kubernetes/yaml.ts';
import type { FieldPath } from '../../model.ts';
import { evaluateTemplate, isDefault } from './evaluate-template.ts';
import { type Expression, type Node, parseTemplate, TemplateError } from './parse-template.ts';
import type { Variables } from './variables.ts';

/** An object with the values of variables in it. */
export interface Substituted {
  readonly data: Readonly<Record<string, unknown>>;
  /** Its text; what has no known value stands there as it was written. */
  readonly text: string;
  /** Fields that hold something without a known value. */
  readonly unknown: readonly FieldPath[];
  readonly faults: readonly SubstitutionFault[];
  /** What its unknown values come from. */
  readonly unknownFrom: readonly string[];
}

/** What Flux cannot substitute. */
export interface SubstitutionFault {
  readonly path: FieldPath;
  /** The expression as it is written. */
  readonly expression: string;
  /** The variable that has no value; absent when the expression cannot be read. */
  readonly variable?: string;
  readonly reason: string;
}

const disabled = 'kustomize.toolkit.fluxcd.io/substitute';

/** Puts the values of variables into the text of one object, as Flux does after a build. */
export function substituteDocument(
  data: Readonly<Record<string, unknown>>,
  text: string,
  variables: Variables,
): Substituted {
  const unchanged = { data, text, unknown: [], faults: [], unknownFrom: [] };
  if (!text.includes('$') || isDisabled(data)) return unchanged;
  try {
    return substituted(unchanged, parseTemplate(text), variables);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const expression = /^[^\n}]*\}?/.exec(text.slice(error.start))?.[0] ?? '';
    const paths = fieldsWith(data, (value) => value.includes('${'));
    const path = paths.find((one) => !isReadable(stringAt(data, one))) ?? [];
    const fault = { path, expression: expression.slice(0, 80), reason: error.message };
    return { ...unchanged, unknown: paths, faults: [fault] };
  }
}

function isDisabled(data: unknown): boolean {
  return ['labels', 'annotations'].some(
    (field) => recordAt(data, ['metadata', field])[disabled] === 'disabled',
  );
}

function isReadable(text: string): boolean {
  try {
    parseTemplate(text);
    return true;
  } catch {
    return false;
  }
}

/** Something that stands in for what has no known value; no YAML means anything else by it. */
interface Held {
  readonly expression: string;
  /** The variable that has no value at all. */
  readonly missing?: string;
}

function substituted(
  unchanged: Substituted,
  nodes: readonly Node[],
  variables: Variables,
): Substituted {
  const { data, text } = unchanged;
  const held: Held[] = [];
  const unknownFrom = new Set<string>();
  const mark = freeMark(text);
  const hold = (one: Held) => `${mark}${held.push(one) - 1}q`;
  const written = ({ start, end }: Expression) => text.slice(start, end);
  const known = nodes.map((node) => {
    const from = typeof node === 'string' ? undefined : unknownIn(node, variables);
    if (typeof node === 'string' || from === undefined) return node;
    unknownFrom.add(from);
    return hold({ expression: written(node) });
  });
  const result = evaluateTemplate(known, variables.valueOf, (expression) =>
    hold({ expression: written(expression), missing: expression.variable }),
  );
  const pattern = new RegExp(`${mark}(\\d+)q`, 'g');
  const restore = (value: string) =>
    value.replace(pattern, (_, index: string) => held[Number(index)]?.expression ?? '');
  const { documents, problems } = readYaml(result, 'substituted');
  const [read] = documents;
  if (problems.length > 0 || documents.length !== 1 || !isRecord(read)) {
    const paths = fieldsWith(data, (value) => value.includes('${'));
    const reason = 'the object is no YAML with the values in place';
    const fault = { path: paths[0] ?? [], expression: '', reason };
    return { ...unchanged, unknown: paths, faults: [fault] };
  }
  const unknown: FieldPath[] = [];
  const faults: SubstitutionFault[] = [];
  const restored = restoredIn(read, [], (value, path) => {
    const found = [...value.matchAll(pattern)].flatMap(([, index]) => held[Number(index)] ?? []);
    if (found.length > 0) unknown.push(path);
    for (const { expression, missing } of found) {
      if (missing === undefined) continue;
      faults.push({ path, expression, variable: missing, reason: 'has no value' });
    }
    return restore(value);
  });
  const own = isRecord(restored) ? restored : read;
  return { data: own, text: restore(result), unknown, faults, unknownFrom: [...unknownFrom] };
}

/** What an expression's value depends on that is not known. */
function unknownIn(node: Node, variables: Variables): string | undefined {
  if (typeof node === 'string') return undefined;
  const from = variables.unknownFrom(node.variable);
  if (from !== undefined) return from;
  const isUsed = !(isDefault(node.operator) && variables.valueOf(node.variable));
  if (!isUsed) return undefined;
  return node.operands.map((one) => unknownIn(one, variables)).find((one) => one !== undefined);
}

function freeMark(text: string): string {
  let mark = 'heldzq';
  while (text.includes(mark)) mark += 'z';
  return mark;
}

function restoredIn(
  value: unknown,
  path: FieldPath,
  restore: (text: string, path: FieldPath) => string,
): unknown {
  if (typeof value === 'string') return restore(value, path);
  if (Array.isArray(value)) {
    return value.map((item, index) => restoredIn(item, [...path, index], restore));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const own = restore(key, path);
      return [own, restoredIn(item, [...path, own], restore)];
    }),
  );
}

function fieldsWith(
  value: unknown,
  isWanted: (text: string) => boolean,
  path: FieldPath = [],
): FieldPath[] {
  if (typeof value === 'string') return isWanted(value) ? [path] : [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => fieldsWith(item, isWanted, [...path, index]));
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => fieldsWith(item, isWanted, [...path, key]));
}

function stringAt(data: unknown, path: FieldPath): string {
  let value = data;
  for (const step of path) value = (value as Record<string | number, unknown>)[step];
  return String(value);
}
