import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ReferenceDeclaration, Rule, Severity } from '../model.ts';
import { UserError } from '../shared/errors.ts';

/** How much a rule's findings weigh; `off` leaves the rule out. */
export type Level = 'off' | Severity;

/** A level and the rule's options; `presync explain <rule>` tells which it takes. */
export type LevelWithOptions<Options = Readonly<Record<string, unknown>>> = readonly [
  level: Level,
  options: Options,
];

/** Options of `images/pinned-tag`. */
export type PinnedTagOptions = {
  /** Tags that move besides those that presync knows, such as `stable`. */
  readonly movingTags?: readonly string[];
  /** Tags that may stay although they move. */
  readonly allowedTags?: readonly string[];
};

/** Options of `external-secrets/refreshed`. */
export type RefreshedOptions = {
  /** The longest `refreshInterval`, such as `24h`. */
  readonly longestInterval?: string;
};

/** Levels of rules, built-in or custom, some of them with options. */
export interface RuleLevels {
  readonly [rule: string]: Level | LevelWithOptions | undefined;
  readonly 'images/pinned-tag'?: Level | LevelWithOptions<PinnedTagOptions>;
  readonly 'external-secrets/refreshed'?: Level | LevelWithOptions<RefreshedOptions>;
}

/** What `presync.config.ts` may say. Every field has a default; no file is needed. */
export interface Config {
  /** Folders that hold no targets, such as test fixtures, as paths from the root. */
  readonly ignore?: readonly string[];
  /** Levels of rules, such as `{ 'images/pinned-tag': ['warning', { allowedTags: ['edge'] }] }`. */
  readonly rules?: RuleLevels;
  /** The team's own rules, see `defineRule`. */
  readonly customRules?: readonly Rule[];
  /** Clusters whose wiring is not in `clusters/<name>`: names and folders from the root. */
  readonly clusters?: Readonly<Record<string, string>>;
  /** The least that fails a run; `error` by default. */
  readonly failOn?: Severity;
  /** Reporters as `--reporter` takes them, such as `sarif=presync.sarif`. */
  readonly reporters?: readonly string[];
  /** Folders with ValidatingAdmissionPolicies, from the root. */
  readonly policies?: readonly string[];
  /** The baseline's path from the root; false for none. `presync-baseline.json` by default. */
  readonly baseline?: string | false;
  /** Fields of custom resources that name other objects. */
  readonly references?: readonly ReferenceDeclaration[];
}

/** Gives a configuration its type in an editor, and returns it as it is. */
export function defineConfig(config: Config): Config {
  return config;
}

/** Gives a rule of one's own its type in an editor, and returns it as it is. */
export function defineRule<R extends Rule>(rule: R): R {
  return rule;
}

/** The names of a configuration, best first. */
export const configNames: readonly string[] = [
  'presync.config.ts',
  'presync.config.js',
  'presync.config.mjs',
];

/**
 * Loads a repository's configuration, which is a program and is run: a stranger's
 * repository is better checked with a configuration of one's own (`--config`).
 *
 * @param root absolute path of the repository
 * @param explicit path of the file to use, relative to the working folder
 * @throws UserError when the file is missing, fails or says something unknown
 */
export async function loadConfig(root: string, explicit?: string): Promise<Config> {
  const found = configNames.map((name) => join(root, name)).find((path) => existsSync(path));
  const file = explicit === undefined ? found : resolve(explicit);
  if (file === undefined) return {};
  if (!existsSync(file)) throw new UserError(`there is no configuration ${explicit}`);
  const config = await importDefault(file);
  const { checkedConfig } = await import('./checked-config.ts');
  return checkedConfig(config, file);
}

async function importDefault(file: string): Promise<unknown> {
  try {
    return (await import(pathToFileURL(file).href)).default;
  } catch (error) {
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
    const reason = /Unknown file extension ".ts"/.test(message ?? '')
      ? `${process.version} reads no TypeScript; use presync.config.mjs or Node 22.18 or later`
      : message;
    throw new UserError(`${file} cannot be loaded: ${reason}`);
  }
}
