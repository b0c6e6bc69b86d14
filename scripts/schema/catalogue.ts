import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../shared/errors.ts';
import type { CompiledCheck } from './problems.ts';

/** The folder of generated schemas: beside `package.json`, from the sources and from `dist/` alike. */
export const schemasFolder: string = join(packageRoot(import.meta.dirname), 'schemas');

/** Kubernetes minors in the catalogue, ascending. */
export const kubernetesVersions: readonly string[] = readdirSync(join(schemasFolder, 'compiled'))
  .filter((name) => /^\d+\.\d+$/.test(name))
  .sort((a, b) => minorOf(a) - minorOf(b));

/** Which minors of the catalogue decide for a wanted version. */
export interface ChosenVersion {
  readonly kubernetes: string;
  /** The wanted version is not in the catalogue. */
  readonly substituted: boolean;
  /**
   * When the wanted version lies between two of the catalogue, the upper one: what only
   * one of both refuses, the wanted one may accept.
   */
  readonly upper?: string;
}

/** The nearest lower minor for a wanted version, or the lowest there is. */
export function chooseVersion(wanted: string | undefined): ChosenVersion {
  const newest = kubernetesVersions.at(-1) as string;
  if (wanted === undefined) return { kubernetes: newest, substituted: false };
  const minor = /^v?(1\.\d+)(?:\.\d+)?$/.exec(wanted)?.[1];
  if (!minor) throw new UserError(`"${wanted}" is no Kubernetes version; write it like 1.34`);
  const lower = kubernetesVersions.filter((one) => minorOf(one) <= minorOf(minor)).at(-1);
  const kubernetes = lower ?? (kubernetesVersions[0] as string);
  if (kubernetes === minor) return { kubernetes, substituted: false };
  const upper = kubernetesVersions.find((one) => minorOf(one) > minorOf(minor));
  return { kubernetes, substituted: true, ...(lower && upper ? { upper } : {}) };
}

/** A compiled check by its name in a group, which is `version/Kind`. */
export type Checks = Readonly<Record<string, CompiledCheck>>;

/** The compiled checks of a group of Kubernetes itself; none when it has no such group. */
export async function loadBuiltIn(kubernetes: string, group: string): Promise<Checks> {
  return await load(kubernetes, group || 'core');
}

/** The compiled checks of a group of custom resources; none when the catalogue lacks it. */
export async function loadCustom(group: string): Promise<Checks> {
  return await load('crds', group);
}

async function load(folder: string, group: string): Promise<Checks> {
  // Groups come from manifests, which may say anything.
  if (!/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(group)) return {};
  const file = join(schemasFolder, 'compiled', folder, `${group}.js`);
  return existsSync(file) ? await import(pathToFileURL(file).href) : {};
}

/** What the bundled schema of a custom kind was made from. */
export function upstreamOf(apiVersion: string, kind: string): string | undefined {
  const file = join(schemasFolder, 'crds/_upstreams.json');
  upstreams ??= JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  return upstreams[`${apiVersion.split('/')[0]}/${kind}`];
}

let upstreams: Readonly<Record<string, string>> | undefined;

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

function packageRoot(start: string): string {
  let folder = start;
  while (!existsSync(join(folder, 'package.json'))) {
    if (dirname(folder) === folder) throw new Error(`no package.json above ${start}`);
    folder = dirname(folder);
  }
  return folder;
}
