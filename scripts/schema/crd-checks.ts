import { isIPv4, isIPv6 } from 'node:net';
import { Ajv, type ValidateFunction } from 'ajv';
import { RE2JS } from 're2js';
import { byte, dateTime, int32, int64 } from './checks.ts';
import { crdSchema } from './crd-schema.ts';
import { fieldsKeyword } from './fields-keyword.ts';
import type { CheckError, CompiledCheck } from './problems.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a CustomResourceDefinition has to say about one of its versions. */
export interface CrdVersion {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent when the schema is none that could be compiled. */
  readonly check?: CompiledCheck;
}

/** The served versions of a CustomResourceDefinition, ready to check objects. */
export function crdVersions(crd: Fields): CrdVersion[] {
  const spec = record(crd.spec);
  const versions = Array.isArray(spec.versions) ? spec.versions.map(record) : [];
  return versions
    .filter(({ served }) => served !== false)
    .map(({ name, schema }) => {
      const check = compiled(record(record(schema).openAPIV3Schema));
      return {
        apiVersion: `${spec.group}/${name}`,
        kind: String(record(spec.names).kind),
        ...(check ? { check } : {}),
      };
    });
}

/** A schema that ajv refuses is the CRD's own mistake, which is not for its objects to tell. */
function compiled(openApi: Fields): CompiledCheck | undefined {
  if (Object.keys(openApi).length === 0) return undefined;
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    messages: false,
    verbose: true,
    ownProperties: true,
    logger: false,
    code: { regExp: Object.assign(linearPattern, { code: 'RE2' }) },
  });
  ajv.addKeyword(fieldsKeyword);
  ajv.addFormat('int32', { type: 'number', validate: int32 });
  ajv.addFormat('int64', { type: 'number', validate: int64 });
  for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, validate);
  try {
    return withoutBranches(ajv.compile(crdSchema(openApi)));
  } catch {
    return undefined;
  }
}

/** Where no alternative holds, why each one does not is noise. */
function withoutBranches(validate: ValidateFunction): CompiledCheck {
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
