import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Config, configNames, loadConfig } from '../config/config.ts';
import type { ReferenceDeclaration } from '../model.ts';
import type { Permission } from '../render/kustomize.ts';
import { UserError } from '../shared/errors.ts';
import type { Option, Terminal } from './command.ts';

type TextOption = Option & { readonly type: 'string'; readonly multiple?: false };
type ListOption = Option & { readonly type: 'string'; readonly multiple: true };
type FlagOption = Option & { readonly type: 'boolean'; readonly multiple?: false };

const topic = 'Everywhere';

/** Options of every command that reads a repository. */
export const repositoryOptions: {
  readonly cwd: TextOption;
  readonly config: TextOption;
  readonly cluster: ListOption;
  readonly concurrency: TextOption;
  readonly allow: ListOption;
  readonly help: FlagOption;
} = {
  cwd: { type: 'string', value: 'folder', help: 'work there instead of here', topic },
  config: { type: 'string', value: 'file', help: 'use this presync.config.ts', topic },
  cluster: {
    type: 'string',
    multiple: true,
    value: 'name',
    help: 'only what this cluster syncs',
  },
  concurrency: {
    type: 'string',
    short: 'n',
    value: 'n',
    help: 'builds at a time (one a processor)',
    topic,
  },
  allow: {
    type: 'string',
    multiple: true,
    value: 'what',
    help: 'let builds use network, helm or exec',
    topic,
  },
  help: { type: 'boolean', help: 'show this', topic },
};

interface Values {
  readonly cwd?: string | undefined;
  readonly config?: string | undefined;
  readonly cluster?: readonly string[] | undefined;
  readonly concurrency?: string | undefined;
  readonly allow?: readonly string[] | undefined;
}

/** A repository and what to do in it, from the command line. */
export interface RepositoryChoice {
  readonly root: string;
  /** Where paths on the command line start. */
  readonly folder: string;
  readonly paths: readonly string[];
  readonly clusters: readonly string[];
  readonly ignore: readonly string[];
  readonly allowed: ReadonlySet<Permission>;
  readonly concurrency?: number;
  readonly config: Config;
  /** From the configuration: clusters whose wiring is not in `clusters/<name>`. */
  readonly clusterFolders?: Readonly<Record<string, string>>;
  readonly references?: readonly ReferenceDeclaration[];
}

/**
 * Reads the options of `repositoryOptions` and turns paths into ones from the root.
 *
 * @throws UserError when one of them is wrong
 */
export async function chooseRepository(
  values: Values,
  paths: readonly string[],
  terminal: Pick<Terminal, 'cwd'>,
): Promise<RepositoryChoice> {
  const cwd = resolve(terminal.cwd, values.cwd ?? '.');
  if (!existsSync(cwd)) throw new UserError(`there is no folder ${values.cwd}`);
  const root = rootOf(cwd);
  const explicit = values.config === undefined ? undefined : resolve(terminal.cwd, values.config);
  const config: Config = await loadConfig(root, explicit);
  assertFolders(root, config.clusters ?? {});
  const concurrency = wholeNumber('concurrency', values.concurrency);
  return {
    root,
    folder: cwd,
    paths: paths.map((path) => fromRoot(root, resolve(cwd, path), path)),
    clusters: values.cluster ?? [],
    ignore: config.ignore ?? [],
    allowed: new Set((values.allow ?? []).map(toPermission)),
    ...(concurrency && { concurrency }),
    config,
    ...(config.clusters && { clusterFolders: config.clusters }),
    ...(config.references && { references: config.references }),
  };
}

/** A folder that is misspelt would leave a cluster empty, and everything in it unchecked. */
function assertFolders(root: string, clusters: Readonly<Record<string, string>>): void {
  for (const [name, folder] of Object.entries(clusters)) {
    if (existsSync(join(root, folder))) continue;
    const at = `clusters["${name}"] in the configuration`;
    throw new UserError(`${at} names "${folder}", which does not exist`);
  }
}

/** The nearest folder upwards that is a Git checkout or has a configuration; else this one. */
function rootOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (['.git', ...configNames].some((name) => existsSync(join(at, name)))) return at;
    if (dirname(at) === at) return folder;
  }
}

function fromRoot(root: string, absolute: string, given: string): string {
  const path = relative(root, absolute).split(sep).join('/');
  if (path === '..' || path.startsWith('../')) {
    throw new UserError(`${given} is outside ${root}; name its repository with --cwd`);
  }
  return path;
}

const permissions: readonly Permission[] = ['network', 'helm', 'exec'];

function toPermission(name: string): Permission {
  const permission = permissions.find((one) => one === name);
  if (!permission) throw new UserError(`--allow takes ${permissions.join(', ')}; not "${name}"`);
  return permission;
}

/** @throws UserError when it is something else than a whole number above zero */
function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new UserError(`--${option} takes a whole number above zero; not "${text}"`);
}
