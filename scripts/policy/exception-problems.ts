import { openLocator } from '../kubernetes/locate-field.ts';
import { describe } from '../kubernetes/manifests.ts';
import type { FieldPath, Manifest, Problem, Severity } from '../model.ts';
import type { BoundPolicy } from './decide.ts';
import { decide } from './decide.ts';
import {
  dayOf,
  type Exception,
  type Exceptions,
  exceptionsFile,
  exceptionsKey,
  exceptionsText,
  lineOf,
  textFileOf,
} from './exceptions.ts';
import { isObject } from './objects.ts';
import type { AdmissionRequest, KubernetesObject } from './types.ts';

const longestDays = 180;
const soonDays = 14;

/** The exceptions of a repository, and the files in which its clusters are told of them. */
export interface ExceptionFiles extends Exceptions {
  /** Of `exceptions.yaml`. */
  readonly text: string;
  /** The generated text of each environment; undefined where there is none. */
  readonly generated: ReadonlyMap<string, string | undefined>;
  /** The names of the policies that each environment includes. */
  readonly policies: ReadonlyMap<string, ReadonlySet<string>>;
  /** The day of the run, as `2027-01-31`. */
  readonly today: string;
}

/** What the decisions of one environment tell of exceptions. */
export interface ExceptionUse {
  readonly environment: string;
  readonly policies: readonly BoundPolicy[];
  readonly params: readonly KubernetesObject[];
  readonly requests: readonly { readonly manifest: Manifest; readonly request: AdmissionRequest }[];
}

/** What is wrong with the exceptions, whatever is rendered: format, names, days, stale files. */
export function exceptionProblems(files: ExceptionFiles): Problem[] {
  const tell = teller(files);
  return [
    ...files.faults.map(({ path, message }) => tell(path, message)),
    ...files.exceptions.flatMap((one) => [...names(one, files, tell), ...days(one, files, tell)]),
    ...stale(files),
  ];
}

type Tell = (path: FieldPath, message: string, severity?: Severity) => Problem;

function teller({ text }: ExceptionFiles): Tell {
  const locator = openLocator(text, exceptionsFile);
  return (path, message, severity = 'error') => ({
    location: locator.locate(0, path).location,
    message,
    severity,
  });
}

function* names(one: Exception, { policies }: ExceptionFiles, tell: Tell): Generator<Problem> {
  const path = ['exceptions', one.index];
  for (const [index, environment] of one.environments.entries()) {
    const known = policies.get(environment);
    if (!known) {
      const where = [...path, 'environments', index];
      yield tell(where, `environment "${environment}" is not below policies/environments`);
    } else if (known.size > 0 && !known.has(one.policy)) {
      yield tell([...path, 'policy'], `policy "${one.policy}" is not there in ${environment}`);
    }
  }
}

function* days(one: Exception, { today }: ExceptionFiles, tell: Tell): Generator<Problem> {
  const path = ['exceptions', one.index, 'expires'];
  const left = (dayOf(one.expires) ?? 0) - (dayOf(today) ?? 0);
  const what = `the exception of ${targetOf(one)} from policy "${one.policy}"`;
  if (left < 0) yield tell(path, `${what} expired on ${one.expires}`);
  else if (left > longestDays) yield tell(path, `${what} lasts longer than ${longestDays} days`);
  else if (left < soonDays) yield tell(path, `${what} expires on ${one.expires}`, 'warning');
}

function* stale({ exceptions, generated }: ExceptionFiles): Generator<Problem> {
  for (const [environment, text] of generated) {
    const wanted = exceptionsText(exceptions, environment);
    if ((text ?? '') === wanted) continue;
    const file = textFileOf(environment);
    yield {
      location:
        text === undefined
          ? { file: exceptionsFile, line: 1, column: 1 }
          : { file, line: 1, column: 1 },
      message: `${file} is not what exceptions.yaml says`,
      fix: 'Run `presync policy exceptions --write` and commit the file.',
    };
  }
}

/** Exceptions that nothing needs: the object is not there, or the policy admits it as it is. */
export function unusedExceptions(files: ExceptionFiles, use: ExceptionUse): Problem[] {
  const tell = teller(files);
  const { environment, requests } = use;
  return files.exceptions.flatMap((one) => {
    if (!one.environments.includes(environment)) return [];
    if (!files.policies.get(environment)?.has(one.policy)) return [];
    const own = requests.filter(
      ({ manifest: { kind, namespace = '', name } }) =>
        kind === one.kind && namespace === one.namespace && name === one.name,
    );
    const path = ['exceptions', one.index];
    if (own.length === 0) {
      return [tell([...path, 'target'], `${targetOf(one)} is not in ${environment}`)];
    }
    const params = use.params.map((object) => withoutLine(object, lineOf(one)));
    const bound = use.policies.filter(({ name }) => name === one.policy);
    const isNeeded = own.some(({ request }) => decide(bound, request, params).length > 0);
    if (isNeeded) return [];
    const what = `${targetOf(one)} needs no exception from policy "${one.policy}" in ${environment}`;
    return [tell([...path, 'policy'], what)];
  });
}

function targetOf({ kind, namespace, name }: Exception): string {
  return describe({ kind, name, ...(namespace && { namespace }) });
}

/** Parameters in which one exception does not stand. */
function withoutLine(object: KubernetesObject, line: string): KubernetesObject {
  const { data } = object;
  if (!isObject(data) || typeof data[exceptionsKey] !== 'string') return object;
  const kept = data[exceptionsKey].split('\n').filter((one) => one !== line);
  return { ...object, data: { ...data, [exceptionsKey]: kept.join('\n') } };
}
