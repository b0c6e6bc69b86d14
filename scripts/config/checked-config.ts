import { isRecord } from '../kubernetes/fields.ts';
import { UserError } from '../shared/errors.ts';
import { nearest } from '../shared/nearest.ts';
import type { Config } from './config.ts';

/** Says what is wrong with a value; undefined for nothing. */
type Check = (value: unknown, at: string) => string | undefined;

/**
 * A loaded configuration, when it is one. Otherwise its first fault is told, with its field.
 *
 * @throws UserError when it says something unknown
 */
export function checkedConfig(config: unknown, file: string): Config {
  if (!isRecord(config)) throw new UserError(`${file} must export a configuration as its default`);
  const fault = faultOf(config, '');
  if (fault) throw new UserError(`${file}: ${fault}`);
  return config;
}

const severities = ['error', 'warning', 'note'];

const text: Check = (value, at) =>
  typeof value === 'string' && value !== '' ? undefined : `${at} must be a text`;

const path: Check = (value, at) => {
  if (typeof value !== 'string' || value === '') return `${at} must be a path from the root`;
  const isInside = !/^([/\\]|[A-Za-z]:)/.test(value) && !value.split(/[/\\]/).includes('..');
  return isInside ? undefined : `${at} names "${value}", which is outside the repository`;
};

const faultOf = mapping({
  ignore: listOf(path, 'folders'),
  rules: recordOf(levelAndOptions),
  customRules: listOf(rule, 'rules'),
  clusters: recordOf(path),
  failOn: oneOf(severities),
  reporters: listOf(text, 'texts such as "sarif=presync.sarif"'),
  policies: listOf(path, 'folders'),
  baseline: (value, at) => (value === false ? undefined : path(value, at)),
  references: listOf(
    mapping(
      {
        from: mapping({ kind: text, field: text }, 2),
        to: mapping({ kind: text, field: text }, 1),
      },
      2,
    ),
    'references',
  ),
});

/** @param required how many of the fields, from the first, must be there */
function mapping(fields: Readonly<Record<string, Check>>, required = 0): Check {
  const names = Object.keys(fields);
  return (value, at) => {
    if (!isRecord(value)) return `${at} must be an object`;
    const prefix = at === '' ? '' : `${at}.`;
    for (const [key, own] of Object.entries(value)) {
      const check = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (!check) return unknownField(`${prefix}${key}`, key, names);
      const fault = own === undefined ? undefined : check(own, `${prefix}${key}`);
      if (fault) return fault;
    }
    const missing = names.slice(0, required).find((key) => value[key] === undefined);
    return missing && `${prefix}${missing} is missing`;
  };
}

function unknownField(at: string, key: string, names: readonly string[]): string {
  const near = nearest(key, names);
  return `unknown field "${at}"; ${near ? `did you mean "${near}"?` : `choose from ${names.join(', ')}`}`;
}

function listOf(check: Check, what: string): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return `${at} must be a list of ${what}`;
    return firstFault(
      value.map((one, index) => [one, `${at}[${index}]`]),
      check,
    );
  };
}

function recordOf(check: Check): Check {
  return (value, at) => {
    if (!isRecord(value)) return `${at} must be an object`;
    return firstFault(
      Object.entries(value).map(([key, one]) => [one, `${at}["${key}"]`]),
      check,
    );
  };
}

function firstFault(values: readonly [unknown, string][], check: Check): string | undefined {
  return values.map(([value, at]) => check(value, at)).find((fault) => fault !== undefined);
}

function oneOf(choices: readonly string[]): Check {
  return (value, at) => {
    if (typeof value === 'string' && choices.includes(value)) return undefined;
    const near = typeof value === 'string' ? nearest(value, choices) : undefined;
    const hint = near ? `; did you mean "${near}"?` : '';
    return `${at} must be one of ${choices.join(', ')}${hint}`;
  };
}

const level = oneOf(['off', ...severities]);

/** `error`, or `['error', { ... }]`; which options a rule takes is its own matter. */
function levelAndOptions(value: unknown, at: string): string | undefined {
  if (!Array.isArray(value)) return level(value, at);
  const [first, options] = value;
  if (value.length !== 2 || !isRecord(options)) return `${at} must be a level, or [level, options]`;
  return level(first, `${at}[0]`);
}

const scopes = ['source', 'manifest', 'target', 'cluster', 'repository'];

const options = recordOf((value, at) =>
  isRecord(value) && typeof value.summary === 'string' && typeof value.fault === 'function'
    ? undefined
    : `${at} must have a summary and a function fault`,
);

/** A rule of the team: what every rule tells of itself, and a `check`. */
function rule(value: unknown, at: string): string | undefined {
  if (!isRecord(value)) return `${at} must be a rule`;
  const { id, scope, severity, check } = value;
  if (typeof id !== 'string' || !/^[a-z0-9-]+\/[a-z0-9-]+$/.test(id)) {
    return `${at}.id must be a group and a name, such as "acme/owner-label"`;
  }
  const named = `${at} (${id})`;
  const words = ['summary', 'why', 'fix', 'docs'].find((key) => typeof value[key] !== 'string');
  if (words) return `${named}: ${words} must be a text`;
  if (typeof check !== 'function') return `${named}: check must be a function`;
  if (value.options !== undefined && typeof value.configure !== 'function') {
    return `${named}: configure must be a function, for the rule has options`;
  }
  return (
    options(value.options ?? {}, `${named}: options`) ??
    oneOf(scopes)(scope, `${named}: scope`) ??
    oneOf(severities)(severity, `${named}: severity`)
  );
}
