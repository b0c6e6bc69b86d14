import { posix } from 'node:path';
import { textAt, valueAt } from '../../kubernetes/fields.ts';
import { isRemote, kustomizationNames, referencesOf } from '../../kubernetes/kustomization.ts';
import { openLocator } from '../../kubernetes/locate-field.ts';
import type {
  FieldPath,
  Location,
  Problem,
  Repository,
  RepositoryRule,
  SourceFile,
} from '../../model.ts';

/** The annotation of a Component that says which choice it is one of. */
const choiceAnnotation = 'presync.dev/choice';

export const oneChoice: RepositoryRule = {
  id: 'kustomization/one-choice',
  scope: 'repository',
  severity: 'error',
  summary:
    'What deploys a base takes exactly one of its Components with the same `presync.dev/choice`.',
  why: 'Such Components exclude each other: of two the last one wins or both act at once, and without any the base is incomplete.',
  fix: 'Take exactly one of them in `components`.',
  docs: 'https://kubectl.docs.kubernetes.io/guides/config_management/components/',

  *check(repository) {
    const kustomizations = kustomizationsOf(repository);
    const choices = choicesOf(kustomizations);
    if (choices.length === 0) return;
    for (const { target } of repository.rendered) {
      if (target.kind !== 'kustomization') continue;
      const visited = visit(target.path, kustomizations);
      for (const choice of choices) {
        const isOwnBase = choice.base === target.path;
        // A base that nobody syncs as it stands is there for overlays to choose.
        if (!visited.has(choice.base) || (isOwnBase && target.clusters.length === 0)) continue;
        yield* problemsOf(choice, target.path, visited, kustomizations);
      }
    }
  },
};

interface Kustomization {
  readonly folder: string;
  readonly source: SourceFile;
  readonly document: unknown;
}

type Kustomizations = ReadonlyMap<string, Kustomization>;

/** Every kustomization by its folder; of several names the one that kustomize takes. */
function kustomizationsOf({ sources }: Repository): Kustomizations {
  const found = new Map<string, Kustomization>();
  for (const name of kustomizationNames.toReversed()) {
    for (const source of sources) {
      if (posix.basename(source.path) !== name) continue;
      const folder = folderOf(source.path);
      found.set(folder, { folder, source, document: source.documents[0] });
    }
  }
  return found;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** Components of a base that exclude each other. */
interface Choice {
  readonly base: string;
  readonly name: string;
  readonly options: readonly string[];
}

/** The choices of every base, from the Components in its folder `components/`. */
function choicesOf(kustomizations: Kustomizations): Choice[] {
  const choices = new Map<string, Choice>();
  for (const { folder } of [...kustomizations.values()].sort(byFolder)) {
    const name = choiceOf(folder, kustomizations);
    const base = baseOf(folder);
    if (name === undefined || base === undefined || !kustomizations.has(base)) continue;
    const key = JSON.stringify([base, name]);
    const options = [...(choices.get(key)?.options ?? []), folder];
    choices.set(key, { base, name, options });
  }
  return [...choices.values()];
}

function byFolder(a: Kustomization, b: Kustomization): number {
  return a.folder < b.folder ? -1 : 1;
}

/** Which choice a folder's Component is one of, if it is any. */
function choiceOf(folder: string, kustomizations: Kustomizations): string | undefined {
  const document = kustomizations.get(folder)?.document;
  if (textAt(document, ['kind']) !== 'Component') return undefined;
  return textAt(document, ['metadata', 'annotations', choiceAnnotation]);
}

/** `base/web` for `base/web/components/large`. */
function baseOf(folder: string): string | undefined {
  return /^(.+)\/components\/[^/]+$/.exec(folder)?.[1];
}

/** Where a kustomization names another one; the root of a build is named by nobody. */
interface Entry {
  readonly by: string;
  readonly path: FieldPath;
}

/** What a build includes, in kustomize's order, each with the entry that first names it. */
type Visited = ReadonlyMap<string, Entry | undefined>;

function visit(root: string, kustomizations: Kustomizations): Visited {
  const visited = new Map<string, Entry | undefined>();
  // A list of what is left and no recursion: a chain of folders may be of any length.
  const left: { readonly folder: string; readonly entry?: Entry }[] = [{ folder: root }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { folder, entry } = next;
    const kustomization = kustomizations.get(folder);
    if (!kustomization || visited.has(folder)) continue;
    visited.set(folder, entry);
    for (const { value, path } of referencesOf(kustomization.document).reverse()) {
      if (isRemote(value) || value.startsWith('/')) continue;
      const to = posix.join(folder, value).replace(/\/$/, '');
      left.push({ folder: to === '.' ? '' : to, entry: { by: folder, path } });
    }
  }
  return visited;
}

function* problemsOf(
  { base, name, options }: Choice,
  root: string,
  visited: Visited,
  kustomizations: Kustomizations,
): Generator<Problem> {
  const taken = [...visited].filter(
    ([folder]) => choiceOf(folder, kustomizations) === name && isFor(base, folder, visited),
  );
  const names = options.map((folder) => posix.basename(folder)).join(', ');
  const [first, ...others] = taken;
  if (!first) {
    yield {
      location: locate(kustomizations.get(root), ['components']),
      message: `no component of the choice "${name}" of ${base} is taken`,
      fix: `Take one of ${names}.`,
    };
  }
  for (const [folder, entry] of others) {
    if (!first || !entry) continue;
    yield {
      location: locate(kustomizations.get(entry.by), entry.path),
      message: `"${posix.basename(folder)}" is taken besides "${posix.basename(first[0])}", and both are the choice "${name}" of ${base}`,
      fix: `Keep one of ${names}.`,
    };
  }
}

/** Whether a Component is meant for a base: one in another base's folder is for that one. */
function isFor(base: string, component: string, visited: Visited): boolean {
  const own = baseOf(component);
  return own === undefined || own === base || !visited.has(own);
}

/** The field's place, or the file's first line where it is not there. */
function locate(kustomization: Kustomization | undefined, path: FieldPath): Location {
  const file = kustomization?.source.path ?? '';
  const start = { file, line: 1, column: 1 };
  if (!kustomization || valueAt(kustomization.document, path) === undefined) return start;
  return openLocator(kustomization.source.text, file).locate(0, path).location;
}
