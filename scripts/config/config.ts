import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isRecord } from '../kubernetes/fields.ts';
import { UserError } from '../shared/errors.ts';
import { nearest } from '../shared/nearest.ts';

/** What `presync.config.ts` may say. Every field has a default; no file is needed. */
export interface Config {
  /** Folders that hold no targets, such as test fixtures, as paths from the root. */
  readonly ignore?: readonly string[];
}

/** Gives a configuration its type in an editor, and returns it as it is. */
export function defineConfig(config: Config): Config {
  return config;
}

const names = ['presync.config.ts', 'presync.config.js', 'presync.config.mjs'];

/**
 * Loads a repository's configuration, which is a program and is run: a stranger's
 * repository is better checked with a configuration of one's own (`--config`).
 *
 * @param root absolute path of the repository
 * @param explicit path of the file to use, relative to the working folder
 * @throws UserError when the file is missing, fails or says something unknown
 */
export async function loadConfig(root: string, explicit?: string): Promise<Config> {
  const found = names.map((name) => join(root, name)).find((path) => existsSync(path));
  const file = explicit === undefined ? found : resolve(explicit);
  if (file === undefined) return {};
  if (!existsSync(file)) throw new UserError(`there is no configuration ${explicit}`);
  const config = await importDefault(file);
  assertConfig(config, file);
  return config;
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

const fields = ['ignore'];

function assertConfig(config: unknown, file: string): asserts config is Config {
  if (!isRecord(config)) throw new UserError(`${file} must export a configuration as its default`);
  for (const key of Object.keys(config)) {
    if (fields.includes(key)) continue;
    const near = nearest(key, fields);
    throw new UserError(
      `${file}: unknown field "${key}"${near ? `; did you mean "${near}"?` : ''}`,
    );
  }
  const { ignore } = config;
  if (ignore === undefined) return;
  if (!Array.isArray(ignore) || !ignore.every((path) => typeof path === 'string')) {
    throw new UserError(`${file}: ignore must be a list of folders`);
  }
}
