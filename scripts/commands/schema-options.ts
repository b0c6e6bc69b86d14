import { resolve } from 'node:path';
import type { Severity } from '../model.ts';
import type { SchemaChoice } from '../schema/schema-choice.ts';
import { choose } from '../shared/choose.ts';
import { UserError } from '../shared/errors.ts';
import type { Option } from './command.ts';

type TextOption = Option & { readonly type: 'string'; readonly multiple?: false };
type ListOption = Option & { readonly type: 'string'; readonly multiple: true };
type FlagOption = Option & { readonly type: 'boolean'; readonly multiple?: false };

const topic = 'Schemas';

function list(value: string, help: string): ListOption {
  return { type: 'string', multiple: true, value, help, topic };
}

/** Options that say which schemas decide, and about what; most are kubeconform's. */
export const schemaOptions: {
  readonly engine: TextOption;
  readonly crds: ListOption;
  readonly 'schema-location': ListOption;
  readonly skip: ListOption;
  readonly reject: ListOption;
  readonly 'unknown-kinds': TextOption;
  readonly 'ignore-filename-pattern': ListOption;
  readonly 'ignore-missing-schemas': FlagOption;
  readonly strict: FlagOption;
  readonly summary: FlagOption;
} = {
  engine: { type: 'string', value: 'name', help: 'ajv (ours) or kubeconform', topic },
  crds: list('path', 'CRDs that win over the bundled schemas'),
  'schema-location': list('template', 'where schemas are, best first; "default" is ours'),
  skip: list('kind,...', 'say nothing about these kinds'),
  reject: list('kind,...', 'refuse objects of these kinds'),
  'unknown-kinds': { type: 'string', value: 'severity', help: 'of kinds without a schema', topic },
  'ignore-filename-pattern': list('regexp', 'leave out files with such a path'),
  'ignore-missing-schemas': { type: 'boolean', help: 'as it is without --unknown-kinds', topic },
  strict: { type: 'boolean', help: 'as it always is', topic },
  summary: { type: 'boolean', help: 'as it always is', topic },
};

interface Values {
  readonly engine?: string | undefined;
  readonly crds?: readonly string[] | undefined;
  readonly 'schema-location'?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly reject?: readonly string[] | undefined;
  readonly 'unknown-kinds'?: string | undefined;
  readonly 'ignore-missing-schemas'?: boolean | undefined;
}

/**
 * Reads the options of `schemaOptions`; paths are those of the folder that is worked in.
 *
 * @throws UserError when one of them is wrong
 */
export function chooseSchemas(values: Values, cwd: string, network: boolean): SchemaChoice {
  const { engine, crds, skip, reject, 'schema-location': locations } = values;
  const unknownKinds = values['unknown-kinds'];
  if (unknownKinds !== undefined && values['ignore-missing-schemas']) {
    throw new UserError('--unknown-kinds and --ignore-missing-schemas contradict each other');
  }
  return {
    network,
    ...(engine !== undefined && { engine: choose('engine', engines, engine) }),
    ...(crds && { crds: crds.map((path) => resolve(cwd, path)) }),
    ...(locations && { locations: locations.map((one) => absolute(one, cwd)) }),
    ...(skip && { skip: kindsIn(skip) }),
    ...(reject && { reject: kindsIn(reject) }),
    ...(unknownKinds !== undefined && {
      unknownKinds: choose('severity', severities, unknownKinds),
    }),
  };
}

/** @throws UserError when one of them is no regular expression */
export function ignoredFiles(patterns: readonly string[]): RegExp[] {
  return patterns.map((pattern) => {
    try {
      return new RegExp(pattern, 'u');
    } catch {
      throw new UserError(`--ignore-filename-pattern takes a regular expression; not "${pattern}"`);
    }
  });
}

const engines = { ajv: 'ajv', kubeconform: 'kubeconform' } as const;

const severities: Readonly<Record<Severity, Severity>> = {
  error: 'error',
  warning: 'warning',
  note: 'note',
};

function absolute(location: string, cwd: string): string {
  return location === 'default' || /^https?:\/\//i.test(location)
    ? location
    : resolve(cwd, location);
}

function kindsIn(lists: readonly string[]): string[] {
  return lists.flatMap((list) => list.split(',').map((kind) => kind.trim())).filter(Boolean);
}
