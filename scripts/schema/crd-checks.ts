import { isIPv4, isIPv6 } from 'node:net';
import { Ajv, type ValidateFunction } from 'ajv';
import { RE2JS } from 're2js';
import { byte, dateTime, int32, int64, quantity } from './checks.ts';
import { crdSchema } from './crd-schema.ts';
import { fieldsKeyword } from './fields-keyword.ts';
import type { CheckError, CompiledCheck } from './problems.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a CustomResourceDefinition has to say about one of its versions. */
export interface CrdVersion {
  readonly apiVersion: string;
  readonly kind: string;
  /** Compiles the schema when it is first asked; undefined when it is none that could be. */
  check(): CompiledCheck | undefined;
}

/** The served versions of a CustomResourceDefinition. */
export function crdVersions(crd: Fields): CrdVersion[] {
  const spec = record(crd.spec);
  const versions = Array.isArray(spec.versions) ? spec.versions.map(record) : [];
  return versions
    .filter(({ served }) => served !== false)
    .map(({ name, schema }) => ({
      apiVersion: `${spec.group}/${name}`,
      kind: String(record(spec.names).kind),
      check: once(() => compiled(record(record(schema).openAPIV3Schema))),
    }));
}

/** Most versions of most CRDs have no object in a run, and compiling is what takes time. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A schema that ajv refuses is the CRD's own mistake, which is not for its objects to tell. */
function compiled(openApi: Fields): CompiledCheck | undefined {
  if (Object.keys(openApi).length === 0) return undefined;
  try {
    return withoutBranches(compiler().compile(crdSchema(openApi)));
  } catch {
    return undefined;
  }
}

/** One for all schemas: making it takes as long as compiling a small one. */
const compiler = once(newCompiler);

/** Ajv for schemas that are not ours: nothing in them is trusted or executed. */
export function newCompiler(): Ajv {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    messages: false,
    verbose: true,
    ownProperties: true,
    logger: false,
    // What is no schema fails to compile all the same.
    meta: false,
    validateSchema: false,
    code: { regExp: Object.assign(linearPattern, { code: 'RE2' }) },
  });
  ajv.addKeyword(fieldsKeyword);
  ajv.addFormat('int32', { type: 'number', validate: int32 });
  ajv.addFormat('int64', { type: 'number', validate: int64 });
  ajv.addFormat('quantity', quantity);
  for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, validate);
  return ajv;
}

/** Where no alternative holds, why each one does not is noise. */
export function withoutBranches(validate: ValidateFunction): CompiledCheck {
  const check = (data: unknown): boolean => {
    const isValid = validate(data);
    const all = validate.errors ?? [];
    const choices = all.filter(({ keyword }) => /^(anyOf|oneOf|not)$/.test(keyword));
    check.errors = all
      .filter(({ schemaPath }) =>
        choices.every((choice) => !schemaPath.startsWith(`${choice.schemaPath}/`)),
      )
      .map((error) => ({ ...error, params: { ...error.params, schema: error.schema } }));
    return isValid;
  };
  check.errors = [] as CheckError[];
  return check;
}

/** Those of the API server's formats whose syntax is beyond doubt. */
const formats: Readonly<Record<string, (value: string) => boolean>> = {
  byte,
  'date-time': dateTime,
  datetime: dateTime,
  ipv4: isIPv4,
  ipv6: isIPv6,
};

/** Go's syntax in linear time, as in the API server: the pattern may be a stranger's. */
function linearPattern(pattern: string): { test(text: string): boolean; toString(): string } {
  const compiled = RE2JS.compile(pattern);
  // Ajv tells patterns apart by their text.
  return { test: (text) => compiled.matcher(text).find(), toString: () => pattern };
}

function record(value: unknown): Fields {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? (value as Fields) : {};
}
