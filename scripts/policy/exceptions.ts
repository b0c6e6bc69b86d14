import { type Fields, fieldsOf } from '../kubernetes/faults.ts';
import { isRecord } from '../kubernetes/fields.ts';
import { readYaml } from '../kubernetes/yaml.ts';
import type { FieldPath } from '../model.ts';
import { UserError } from '../shared/errors.ts';

/** Where exceptions from policies are recorded. */
export const exceptionsFile = 'policies/exceptions.yaml';
/** The key of the parameters under which a cluster sees them. */
export const exceptionsKey = 'exceptions';

/** One object that need not obey one policy. */
export interface Exception {
  /** Its place in the list. */
  readonly index: number;
  readonly policy: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly environments: readonly string[];
  /** The last day, as `2027-03-31`. */
  readonly expires: string;
}

/** Something that is wrong with the file. */
interface ExceptionFault {
  readonly path: FieldPath;
  readonly message: string;
}

/** The entries that are as they should be, and what is wrong with the others. */
export interface Exceptions {
  readonly exceptions: readonly Exception[];
  readonly faults: readonly ExceptionFault[];
}

/**
 * Reads the text of `exceptions.yaml`.
 *
 * @throws UserError when it is no YAML, or an entry is not as the format has it
 */
export function parseExceptions(text: string): readonly Exception[] {
  const { documents, problems } = readYaml(text, exceptionsFile);
  const [problem] = problems;
  if (problem) {
    const { line } = problem.location;
    throw new UserError(`${exceptionsFile}:${line} is no YAML: ${problem.message}`);
  }
  const { exceptions, faults } = readExceptions(documents[0]);
  const [fault] = faults;
  if (fault) throw new UserError(`${exceptionsFile}: ${fault.message}`);
  return exceptions;
}

const required = ['policy', 'target', 'environments', 'reason', 'owner', 'expires'];
const ofTarget = ['kind', 'namespace', 'name'];

/** Reads `exceptions.yaml`; an entry with a fault excepts nothing. */
export function readExceptions(document: unknown): Exceptions {
  if (document === undefined || document === null) return { exceptions: [], faults: [] };
  const list = fieldsOf(document).exceptions;
  if (!Array.isArray(list)) {
    return { exceptions: [], faults: [{ path: [], message: 'there is no list "exceptions"' }] };
  }
  const faults: ExceptionFault[] = [];
  const exceptions = list.flatMap((entry: unknown, index): Exception[] => {
    const found = faultsOf(fieldsOf(entry), ['exceptions', index]);
    faults.push(...found);
    return found.length > 0 ? [] : [toException(fieldsOf(entry), index)];
  });
  return { exceptions, faults };
}

function faultsOf(entry: Fields, path: FieldPath): ExceptionFault[] {
  const { target, environments, expires } = entry;
  const faults = [
    ...required
      .filter((key) => entry[key] === undefined || entry[key] === null || entry[key] === '')
      .map((key) => ({ path, message: `the exception has no ${key}` })),
    ...unknownKeys(entry, required, path),
    ...unknownKeys(fieldsOf(target), ofTarget, [...path, 'target']),
  ];
  if (faults.length > 0) return faults;
  if (!isRecord(target) || !target.kind || !target.name) {
    return [{ path: [...path, 'target'], message: 'the target has no kind and name' }];
  }
  if (!Array.isArray(environments) || environments.length === 0) {
    return [{ path: [...path, 'environments'], message: 'environments is no list of names' }];
  }
  if (dayOf(expires) === undefined) {
    return [{ path: [...path, 'expires'], message: `expires is no day such as 2027-03-31` }];
  }
  return [];
}

function unknownKeys(fields: Fields, known: readonly string[], path: FieldPath): ExceptionFault[] {
  return Object.keys(fields)
    .filter((key) => !known.includes(key))
    .map((key) => ({ path: [...path, key], message: `an exception has no field "${key}"` }));
}

function toException(entry: Fields, index: number): Exception {
  const { kind, namespace = '', name } = fieldsOf(entry.target);
  return {
    index,
    policy: String(entry.policy),
    kind: String(kind),
    namespace: String(namespace),
    name: String(name),
    environments: (entry.environments as readonly unknown[]).map(String),
    expires: String(entry.expires),
  };
}

/** Days since 1970; undefined for what is no day. */
export function dayOf(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? undefined : time / 86_400_000;
}

/** How a cluster is told of an exception: `no-host-path gpu/DaemonSet/device-plugin`. */
export function lineOf({ policy, namespace, kind, name }: Exception): string {
  return `${policy} ${namespace}/${kind}/${name}`;
}

/** What an environment's `exceptions.txt` holds: a line an exception, sorted, without repeats. */
export function exceptionsText(exceptions: readonly Exception[], environment: string): string {
  const own = exceptions.filter(({ environments }) => environments.includes(environment));
  return [...new Set(own.map(lineOf))]
    .sort()
    .map((line) => `${line}\n`)
    .join('');
}

/** The generated file of an environment, from the root of the repository. */
export function textFileOf(environment: string): string {
  return `policies/environments/${environment}/exceptions.txt`;
}
