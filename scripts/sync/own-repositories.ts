import { listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import { syncedPathsOf } from '../kubernetes/sync-objects.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { matchesPath, matchesPathspec } from './application-set/match-path.ts';

/** A manifest and the cluster in whose wiring it is. */
export interface Wired {
  readonly cluster: string;
  readonly manifest: Manifest;
}

/** Whether a URL is the repository that is checked. */
export type IsOwn = (url: string) => boolean;

/**
 * Decides which Git repositories are this one. Nothing in a checkout says so for certain, but one
 * of whose folders some object syncs is, and so is what `flux bootstrap` makes of the
 * repository that it is run in; of any other URL nothing is known to be here.
 */
export function ownRepositories(wiring: readonly Wired[], files: readonly string[]): IsOwn {
  const folders = foldersOf(files);
  const urls = sourceUrls(wiring);
  const own = new Set<string>();
  for (const { cluster, manifest } of wiring) {
    for (const { path, repository } of syncedPathsOf(manifest)) {
      const url = urls.get(`${cluster} ${repository}`) ?? repository;
      if (path !== '' && folders.has(path)) own.add(sameUrl(url));
    }
    for (const url of generatorUrls(manifest, folders, files)) own.add(sameUrl(url));
  }
  for (const [key, url] of urls) {
    if (key.endsWith(' GitRepository/flux-system/flux-system')) own.add(sameUrl(url));
  }
  return (url) => own.has(sameUrl(url));
}

/** Folders that files are in; the root is the empty path. */
export function foldersOf(files: readonly string[]): Set<string> {
  const folders = new Set(['']);
  for (const file of files) {
    for (let at = file.indexOf('/'); at > 0; at = file.indexOf('/', at + 1)) {
      folders.add(file.slice(0, at));
    }
  }
  return folders;
}

/** The URLs of Flux's Git repositories, by cluster and `kind/namespace/name`. */
function sourceUrls(wiring: readonly Wired[]): Map<string, string> {
  return new Map(
    wiring.flatMap(({ cluster, manifest: { kind, namespace, name, data } }) => {
      const url = textAt(data, ['spec', 'url']);
      const key = `${cluster} ${kind}/${namespace ?? 'flux-system'}/${name}`;
      return url && kind === 'GitRepository' ? [[key, url] as const] : [];
    }),
  );
}

/** URLs as written differ in what does not matter: case, `.git`, and SSH instead of HTTPS. */
function sameUrl(url: string): string {
  return url
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^[^@/]*@/, '')
    .replace(/^([^/:]+):(?:\d+\/)?/, '$1/')
    .replace(/\/$/, '')
    .replace(/\.git$/, '');
}

const deepest = 6;

/** The repositories of an ApplicationSet's git generators that find something here. */
function generatorUrls(
  { apiVersion, kind, data }: Manifest,
  folders: ReadonlySet<string>,
  files: readonly string[],
): string[] {
  if (kind !== 'ApplicationSet' || groupOf(apiVersion) !== 'argoproj.io') return [];
  const template = templateUrls(data, folders);
  return [...template, ...generatorsBelow(data, ['spec', 'generators'], 0)].flatMap((one) => {
    if (typeof one === 'string') return one;
    const url = textAt(one, ['repoURL']);
    const finds =
      paths(one, 'directories').some((path) => [...folders].some((at) => matchesPath(path, at))) ||
      paths(one, 'files').some((path) => files.some((at) => matchesPathspec(path, at)));
    return url && finds ? url : [];
  });
}

function templateUrls(data: unknown, folders: ReadonlySet<string>): string[] {
  const spec = valueAt(data, ['spec', 'template', 'spec']);
  return [valueAt(spec, ['source']), ...listAt(spec, ['sources'])].flatMap((source) => {
    const path = textAt(source, ['path']) ?? '';
    const url = textAt(source, ['repoURL']);
    const start = path.replace(/^\.?\//, '').replace(/\/?[^/]*\{\{.*$/, '');
    return url && !url.includes('{{') && start && folders.has(start) ? url : [];
  });
}

function generatorsBelow(data: unknown, path: FieldPath, depth: number): unknown[] {
  if (depth > deepest) return [];
  return listAt(data, path).flatMap((entry) => [
    ...(valueAt(entry, ['git']) === undefined ? [] : [valueAt(entry, ['git'])]),
    ...generatorsBelow(entry, ['matrix', 'generators'], depth + 1),
    ...generatorsBelow(entry, ['merge', 'generators'], depth + 1),
  ]);
}

function paths(generator: unknown, field: string): string[] {
  return listAt(generator, [field]).flatMap((one) =>
    valueAt(one, ['exclude']) === true ? [] : (textAt(one, ['path']) ?? []),
  );
}
