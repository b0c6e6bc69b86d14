import type { FieldPath, Severity } from '../model.ts';
import { nearest } from '../shared/nearest.ts';
import { worded } from './wording.ts';

/** Something that the API server would refuse an object for. */
export interface SchemaProblem {
  readonly path: FieldPath;
  readonly message: string;
  readonly fix?: string;
  /** Present where it is no certain error, as when a newer schema may allow it. */
  readonly severity?: Severity;
}

/** An error as compiled checks report it. */
export interface CheckError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A compiled check: false when the object is wrong, with `errors` telling how. */
export interface CompiledCheck {
  (data: unknown): boolean;
  readonly errors?: readonly CheckError[] | null;
}

/** More would help nobody, and a hostile object may have any number. */
const mostErrors = 100;

/** Turns the errors of a check into problems: one for each cause. */
export function problemsFrom(
  errors: readonly CheckError[],
  data: Readonly<Record<string, unknown>>,
): SchemaProblem[] {
  const faults = errors.slice(0, mostErrors).map((error) => faultOf(error, data));
  const mistyped = new Set(faults.filter(isMistyped).map(({ key }) => key));
  const misspelt = new Set(faults.map(({ instead }) => instead));
  return faults
    .filter((fault) => isMistyped(fault) || !mistyped.has(fault.key))
    .filter(({ missing }) => missing === undefined || !misspelt.has(missing))
    .map(({ problem }) => problem);
}

interface Fault {
  readonly keyword: string;
  /** Where, so that several faults of one value are told apart from those of others. */
  readonly key: string;
  /** The field that an unknown one was probably meant to be, as a pointer. */
  readonly instead?: string;
  /** The field that is missing, as a pointer. */
  readonly missing?: string;
  readonly problem: SchemaProblem;
}

function isMistyped({ keyword }: Fault): boolean {
  return keyword === 'type';
}

function faultOf(error: CheckError, data: Readonly<Record<string, unknown>>): Fault {
  const { instancePath, keyword, params } = error;
  const path = pathOf(instancePath, data);
  const base = { keyword, key: instancePath };
  if (keyword === 'fields') {
    const field = String(params.field);
    const parent = valueAt(data, path) as object;
    const known = [...(params.known as Iterable<string>)];
    const free = known.filter((one) => !Object.hasOwn(parent, one));
    const meant = field.length > 60 ? undefined : (nearest(field, free) ?? nearest(field, known));
    const problem = {
      path: [...path, field],
      message: `unknown field "${field.slice(0, 60)}"`,
      ...(meant ? { fix: `Did you mean "${meant}"?` } : {}),
    };
    const key = `${instancePath}/${field}`;
    return { ...base, key, problem, ...(meant ? { instead: `${instancePath}/${meant}` } : {}) };
  }
  if (keyword === 'required') {
    const field = String(params.missingProperty);
    const problem = { path, message: `required field "${field}" is missing` };
    const missing = `${instancePath}/${field}`;
    return { ...base, key: missing, missing, problem };
  }
  const told = worded(error, nameOf(path), valueAt(data, path), isSecret(path, data));
  return { ...base, problem: { path, ...told } };
}

function valueAt(data: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((parent, step) => (parent as never)[step], data);
}

/** What a Secret or an environment variable holds is never shown, however wrong it is. */
function isSecret(path: FieldPath, { kind }: Readonly<Record<string, unknown>>): boolean {
  if (kind === 'Secret' && (path[0] === 'data' || path[0] === 'stringData')) return true;
  return path.at(-1) === 'value' && path.at(-3) === 'env';
}

/** `containerPort`, and `args[0]` for an item of a list. */
function nameOf(path: FieldPath): string {
  const last = path.findLastIndex((step) => typeof step === 'string');
  const indexes = path.slice(last + 1).map((index) => `[${index}]`);
  return `${path[last] ?? 'the object'}${indexes.join('')}`;
}

/** Steps into lists become numbers. */
function pathOf(pointer: string, data: unknown): FieldPath {
  const path: (string | number)[] = [];
  let value = data;
  for (const escaped of pointer.split('/').slice(1)) {
    const name = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    const step = Array.isArray(value) ? Number(name) : name;
    path.push(step);
    value = (value as never)[step];
  }
  return path;
}
