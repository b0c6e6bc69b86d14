import { isRecord, listAt, recordAt, textAt, valueAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import { toFolder } from './folder.ts';
import type { IsOwn } from './own-repositories.ts';
import { revisionOf } from './revision.ts';
import type { UnitSource, ValueFile } from './unit-source.ts';

/** The sources of an Application: of `sources` when there are any, else `source`. */
export function sourcesOf(data: unknown, isOwn: IsOwn): UnitSource[] {
  const written = writtenSources(data);
  const refs = new Map(
    written.flatMap(([source]) => {
      const ref = textAt(source, ['ref']);
      const url = textAt(source, ['repoURL']) ?? '';
      return ref ? [[ref, url] as const] : [];
    }),
  );
  return written.map(([source, at]) => toSource(source, at, isOwn, refs));
}

function writtenSources(data: unknown): [unknown, FieldPath][] {
  const several = listAt(data, ['spec', 'sources']);
  if (several.length > 0) {
    return several.map((source, index) => [source, ['spec', 'sources', index]]);
  }
  const dry = ['spec', 'sourceHydrator', 'drySource'];
  const at = isRecord(valueAt(data, dry)) ? dry : ['spec', 'source'];
  const single = valueAt(data, at);
  return isRecord(single) ? [[single, at]] : [];
}

function toSource(
  source: unknown,
  at: FieldPath,
  isOwn: IsOwn,
  refs: ReadonlyMap<string, string>,
): UnitSource {
  const repository = textAt(source, ['repoURL']) ?? '';
  const chart = textAt(source, ['chart']);
  const ref = textAt(source, ['ref']);
  const written = textAt(source, ['path']);
  const kind = kindOf(repository, chart, ref, written);
  const path = kind === 'chart' || kind === 'files' ? undefined : toFolder(written ?? '');
  const directory = recordAt(source, ['directory']);
  const [include, exclude] = [textAt(directory, ['include']), textAt(directory, ['exclude'])];
  return {
    kind,
    at,
    repository,
    isOwn: kind !== 'chart' && isOwn(repository),
    revision: revisionOf(textAt(source, ['targetRevision']), [...at, 'targetRevision']),
    ...(path !== undefined && { path }),
    ...(written !== undefined && { pathAt: [...at, 'path'] }),
    ...(chart !== undefined && { chart }),
    ...(ref !== undefined && { ref }),
    valueFiles: listAt(source, ['helm', 'valueFiles']).flatMap((file, index) => {
      if (typeof file !== 'string') return [];
      const place = [...at, 'helm', 'valueFiles', index];
      return valueFile(file, place, isOwn(repository) ? path : undefined, refs, isOwn);
    }),
    recursive: directory.recurse === true,
    ...(include !== undefined && { include }),
    ...(exclude !== undefined && { exclude }),
  };
}

function kindOf(
  repository: string,
  chart: string | undefined,
  ref: string | undefined,
  path: string | undefined,
): UnitSource['kind'] {
  if (chart !== undefined) return 'chart';
  if (ref !== undefined && path === undefined) return 'files';
  return repository.startsWith('oci://') ? 'oci' : 'git';
}

/** `$name/` is the root of the source with that `ref`; a slash is the root of the own one. */
function valueFile(
  written: string,
  at: FieldPath,
  folder: string | undefined,
  refs: ReadonlyMap<string, string>,
  isOwn: IsOwn,
): ValueFile {
  const plain = { at, written };
  if (/[*?[{]|^[a-z][a-z0-9+.-]*:\/\//i.test(written)) return plain;
  const named = /^\$([^/]+)\/(.*)$/.exec(written);
  if (named) {
    const url = refs.get(named[1] ?? '');
    return url !== undefined && isOwn(url) ? { ...plain, file: toFolder(named[2] ?? '') } : plain;
  }
  if (folder === undefined) return plain;
  return { ...plain, file: toFolder(written.startsWith('/') ? written : `${folder}/${written}`) };
}
