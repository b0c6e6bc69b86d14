import { textAt } from '../../kubernetes/fields.ts';
import { describe, manifestsOf } from '../../kubernetes/manifests.ts';
import { type SyncedPath, syncedPathsOf } from '../../kubernetes/sync-objects.ts';
import type { Manifest, Repository, RepositoryRule } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';

export const pathExists: RepositoryRule = {
  id: 'sync/path-exists',
  scope: 'repository',
  severity: 'error',
  summary: 'The path that an Application or a Flux Kustomization syncs is in the repository.',
  why: 'The engine reports that the path does not exist and applies nothing of it.',
  fix: 'Correct the path, or remove the object together with the folder it synced.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/directory/',

  *check(repository) {
    const folders = foldersOf(repository.files);
    const synced = syncedIn(repository);
    const own = ownRepositories(synced, folders, repositoryUrls(repository));
    for (const one of synced) {
      const { manifest, path, field } = one;
      if (folders.has(path) || !own.has(one.url)) continue;
      const near = nearest(path, folders);
      yield {
        manifest,
        path: field,
        message: `${describe(manifest)} syncs "${path}", which does not exist`,
        ...(near && { fix: `Did you mean "${near}"?` }),
      };
    }
  },
};

type Synced = SyncedPath & { readonly manifest: Manifest; readonly url: string };

/** Folders that files are in; the root is the empty path. */
function foldersOf(files: readonly string[]): Set<string> {
  const folders = new Set(['']);
  for (const file of files) {
    for (let at = file.indexOf('/'); at > 0; at = file.indexOf('/', at + 1)) {
      folders.add(file.slice(0, at));
    }
  }
  return folders;
}

interface Wiring {
  /** The folder below `clusters/` that the object is in. */
  readonly cluster: string;
  readonly manifest: Manifest;
}

function wiringOf({ sources }: Repository): Wiring[] {
  return sources
    .filter(({ path }) => path.startsWith('clusters/'))
    .flatMap(({ path, documents }) =>
      manifestsOf(documents, { origin: { file: path } }).map((manifest) => ({
        cluster: path.split('/')[1] ?? '',
        manifest,
      })),
    );
}

function syncedIn(repository: Repository): Synced[] {
  const urls = repositoryUrls(repository);
  return wiringOf(repository).flatMap(({ cluster, manifest }) =>
    syncedPathsOf(manifest).map((synced) => {
      const source = urls.get(`${cluster} ${synced.repository}`);
      return { ...synced, manifest, url: normalized(source ?? synced.repository) };
    }),
  );
}

/** The URLs of Flux's sources, by cluster folder and `kind/namespace/name`. */
function repositoryUrls(repository: Repository): Map<string, string> {
  return new Map(
    wiringOf(repository).flatMap(({ cluster, manifest }) => {
      const { kind, namespace, name, data } = manifest;
      const url = textAt(data, ['spec', 'url']);
      const key = `${cluster} ${kind}/${namespace ?? 'flux-system'}/${name}`;
      return url && kind === 'GitRepository' ? [[key, url] as const] : [];
    }),
  );
}

function normalized(url: string): string {
  return url
    .replace(/\.git$/, '')
    .replace(/\/$/, '')
    .toLowerCase();
}

/**
 * The Git repositories that are this one. Nothing in a checkout says so for certain, but
 * one of whose folders another object syncs is; paths of any other are not looked for.
 */
function ownRepositories(
  synced: readonly Synced[],
  folders: ReadonlySet<string>,
  urls: ReadonlyMap<string, string>,
): Set<string> {
  const own = synced.filter(({ path }) => path !== '' && folders.has(path)).map(({ url }) => url);
  // What flux bootstrap makes for the repository it is run in.
  const bootstrapped = [...urls]
    .filter(([key]) => key.endsWith(' GitRepository/flux-system/flux-system'))
    .map(([, url]) => normalized(url));
  return new Set([...own, ...bootstrapped]);
}
