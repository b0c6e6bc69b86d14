import { listAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import { openLocator } from '../../kubernetes/locate-field.ts';
import { namesIn, type StandIn, standIns } from '../../kubernetes/stand-ins.ts';
import type {
  FieldPath,
  Location,
  Manifest,
  Rendered,
  Repository,
  RepositoryRule,
  SourceFile,
} from '../../model.ts';
import { counted } from '../../shared/text.ts';

export const standInsReplaced: RepositoryRule = {
  id: 'clusters/stand-ins-replaced',
  scope: 'repository',
  severity: 'note',
  summary:
    'A cluster that syncs from a real Git repository has no stand-ins left in what it syncs.',
  why: 'Images are not pulled, certificates are not issued and secrets are not read for a name out of an example.',
  fix: 'Replace it with your own.',
  docs: 'https://www.rfc-editor.org/rfc/rfc2606',

  *check(repository) {
    const synced = filesOfLiveClusters(repository);
    const sources = repository.sources.filter(({ path }) => synced.has(path));
    for (const standIn of standIns) {
      const found = sources.flatMap((file) => placeIn(file, standIn) ?? []);
      const [first] = found;
      if (!first) continue;
      const names = byNumber(found.flatMap((place) => place.names));
      const folders = [...new Set(found.map(({ location }) => location.file.split('/')[0]))];
      const search = `git grep -nE "${standIn.search}" -- ${folders.join(' ')}`;
      yield {
        location: first.location,
        message: `${listed(names)} still ${names.length > 1 ? 'stand' : 'stands'} in ${counted(found.length, 'file')}`,
        fix: `${standIn.fix}; \`${search}\` shows where.`,
      };
    }
  },
};

/**
 * Files of the clusters that can sync: as long as the repository they sync from is a
 * stand-in too, nothing reaches them, and a template is no mistake.
 */
function filesOfLiveClusters({ clusters, rendered }: Repository): Set<string> {
  const live = clusters.filter(({ name }) => {
    const urls = inCluster(rendered, name).flatMap(({ manifests }) => manifests.flatMap(gitUrls));
    return urls.some((url) => standIns.every((standIn) => namesIn(url, standIn).length === 0));
  });
  const reached = live.flatMap(({ name }) => inCluster(rendered, name));
  return new Set(reached.flatMap(({ files }) => files));
}

function inCluster(rendered: readonly Rendered[], name: string): Rendered[] {
  return rendered.filter(({ target }) => target.clusters.includes(name));
}

/** The Git repositories that an Application or a GitRepository reads. */
function gitUrls({ apiVersion, kind, data }: Manifest): string[] {
  if (apiVersion.startsWith('source.toolkit.fluxcd.io/') && kind === 'GitRepository') {
    return [textAt(data, ['spec', 'url']) ?? []].flat();
  }
  if (!apiVersion.startsWith('argoproj.io/') || kind !== 'Application') return [];
  const sources = [valueAt(data, ['spec', 'source']), ...listAt(data, ['spec', 'sources'])];
  return sources
    .filter((source) => textAt(source, ['chart']) === undefined)
    .flatMap((source) => textAt(source, ['repoURL']) ?? []);
}

interface Place {
  readonly location: Location;
  readonly names: readonly string[];
}

/** Where a file has a stand-in among its values; comments and keys do not count. */
function placeIn({ path, text, documents }: SourceFile, standIn: StandIn): Place | undefined {
  if (namesIn(text, standIn).length === 0) return undefined;
  const found = documents.flatMap((document, index) =>
    [...leavesOf(document, [])].flatMap(({ value, at }) => {
      const names = namesIn(value, standIn);
      return names.length > 0 ? [{ index, at, names }] : [];
    }),
  );
  const [first] = found;
  if (!first) return undefined;
  const { location } = openLocator(text, path).locate(first.index, first.at);
  return { location, names: found.flatMap(({ names }) => names) };
}

/** API groups are names and no hosts: `example.com/v1` is a fine group for a CRD. */
const groupFields = new Set<string | number>(['apiVersion', 'group', 'apiGroup', 'apiGroups']);

function* leavesOf(value: unknown, at: FieldPath): Generator<{ value: string; at: FieldPath }> {
  if (typeof value === 'string') yield { value, at };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const step = Array.isArray(value) ? Number(key) : key;
    if (!groupFields.has(step)) yield* leavesOf(child, [...at, step]);
  }
}

/** Each name once, the most frequent first. */
function byNumber(names: readonly string[]): string[] {
  const counts = Map.groupBy(names, (name) => name);
  return [...counts]
    .sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .map(([name]) => name);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `"${name}"`);
  const more = names.length - shown.length;
  return more > 0
    ? `${shown.join(', ')} and ${more} more`
    : shown.join(', ').replace(/, ([^,]*)$/, ' and $1');
}
