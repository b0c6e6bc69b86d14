import { listed } from '../../kubernetes/faults.ts';
import { isRecord } from '../../kubernetes/fields.ts';
import { openLocator } from '../../kubernetes/locate-field.ts';
import { readYaml } from '../../kubernetes/yaml.ts';
import type { FieldPath } from '../../model.ts';
import { UserError } from '../../shared/errors.ts';
import { nearest } from '../../shared/nearest.ts';
import type { KubernetesObject } from '../types.ts';
import { asKind } from './as-kind.ts';
import { changed } from './change-object.ts';

/** What a case wants: `skip` where the policy is not about the request, `error` where it fails. */
type Expectation = 'allow' | 'deny' | 'skip' | 'error';

/** A case of a policy's tests, with everything that the file says for all cases. */
export interface PolicyCase {
  readonly name: string;
  readonly object: KubernetesObject | null;
  readonly oldObject?: KubernetesObject;
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
  /** The `data` of the ConfigMap that the policy takes as parameters. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly namespaceLabels: Readonly<Record<string, unknown>>;
  readonly subresource?: string;
  readonly expect: Expectation;
  readonly messages?: readonly string[];
}

const expectations: readonly string[] = ['allow', 'deny', 'skip', 'error'];
const operations: readonly string[] = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'];
const fileKeys: readonly string[] = ['params', 'base', 'cases'];
const caseKeys: readonly string[] = [
  'name',
  'object',
  'set',
  'as',
  'params',
  'operation',
  'oldObject',
  'namespaceLabels',
  'subresource',
  'expect',
  'message',
];

/**
 * Reads a `tests.yaml`.
 *
 * @throws UserError that names the file, its line and the case, when one is not as the format has it
 */
export function readTests(text: string, file: string): PolicyCase[] {
  const { documents, problems } = readYaml(text, file);
  const [problem] = problems;
  if (problem)
    throw new UserError(`${file}:${problem.location.line} is no YAML: ${problem.message}`);
  const [document] = documents;
  if (!isRecord(document) || !Array.isArray(document.cases)) {
    throw new UserError(`${file}:1 has no list "cases"`);
  }
  const placeOf = (path: FieldPath): string =>
    `${file}:${openLocator(text, file).locate(0, path).location.line}`;
  const unknown = Object.keys(document).find((key) => !fileKeys.includes(key));
  refuseUnknown(document, fileKeys, unknown === undefined ? file : placeOf([unknown]));
  return document.cases.map((each: unknown, index: number) => {
    const name = isRecord(each) && typeof each.name === 'string' ? each.name : `${index + 1}`;
    try {
      return readCase(each, name, document);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw new UserError(`${placeOf(['cases', index])}, case "${name}": ${error.message}`);
    }
  });
}

type Fields = Readonly<Record<string, unknown>>;

function readCase(written: unknown, name: string, file: Fields): PolicyCase {
  const each = mapping(written, 'the case');
  refuseUnknown(each, caseKeys, 'the case');
  const { expect, message, subresource, oldObject } = each;
  const start = mapping(each.object ?? file.base, 'the object or base');
  const edited = changed(start, mapping(each.set ?? {}, 'set'));
  const { operation = oldObject === undefined ? 'CREATE' : 'UPDATE' } = each;
  const object = typeof each.as === 'string' ? asKind(edited, each.as) : edited;
  const messages = message === undefined ? undefined : [message].flat().map(String);
  return {
    name,
    object: operation === 'DELETE' ? null : object,
    operation: oneOf(operation, operations, 'operation') as PolicyCase['operation'],
    ...(oldObject !== undefined && { oldObject: mapping(oldObject, 'oldObject') }),
    ...(operation === 'DELETE' && oldObject === undefined && { oldObject: object }),
    params: changedParams(
      mapping(file.params ?? {}, 'params'),
      mapping(each.params ?? {}, 'params'),
    ),
    namespaceLabels: mapping(each.namespaceLabels ?? {}, 'namespaceLabels'),
    ...(typeof subresource === 'string' && { subresource }),
    expect: oneOf(expect, expectations, 'expect') as Expectation,
    ...(messages && { messages }),
  };
}

function changedParams(all: Fields, own: Fields): Fields {
  const entries = Object.entries({ ...all, ...own });
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

function mapping(value: unknown, what: string): Fields {
  if (isRecord(value)) return value;
  throw new UserError(`${what} is no mapping`);
}

function oneOf(value: unknown, allowed: readonly string[], what: string): string {
  if (typeof value === 'string' && allowed.includes(value)) return value;
  throw new UserError(`${what} is not one of ${listed(allowed)}`);
}

function refuseUnknown(fields: Fields, known: readonly string[], where: string): void {
  const unknown = Object.keys(fields).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  throw new UserError(
    `${where} has no field "${unknown}"${near ? `; did you mean "${near}"?` : ''}`,
  );
}
