import { posix } from 'node:path';
import { baselineName } from '../check/baseline.ts';
import { configNames } from '../config/config.ts';
import type { Discovery } from '../discover/discover.ts';
import type { Finding } from '../model.ts';
import { UserError } from '../shared/errors.ts';
import { git, mergeBase } from '../shared/git.ts';
import { counted, printable, wrap } from '../shared/text.ts';
import type { Option, Terminal } from './command.ts';

/** What to check of a repository when only some of its files have changed. */
export interface Narrowing {
  readonly narrow: (discovery: Discovery) => Discovery;
  readonly keeps: (finding: Finding) => boolean;
}

const topic = 'Less';

/** Options that leave out what did not change. */
export const changeOptions: {
  readonly 'changed-since': Option & { readonly type: 'string'; readonly multiple?: false };
  readonly staged: Option & { readonly type: 'boolean'; readonly multiple?: false };
} = {
  'changed-since': {
    type: 'string',
    value: 'ref',
    help: 'what changed since the common commit with it',
    topic,
  },
  staged: { type: 'boolean', help: 'what the next commit changes, as the files are now', topic },
};

interface Values {
  readonly 'changed-since'?: string | undefined;
  readonly staged?: boolean | undefined;
}

/**
 * Reads `--changed-since` and `--staged`: only targets that read a changed file, or whose
 * wiring or cluster changed, and only findings in those or in a changed file. Files are read as
 * they are in the working tree; of those that the next commit will have otherwise it warns.
 *
 * @returns undefined when neither was asked for
 * @throws UserError when Git cannot say what changed
 */
export async function chooseChanged(
  root: string,
  values: Values,
  terminal: Pick<Terminal, 'warn' | 'columns'>,
): Promise<Narrowing | undefined> {
  const { staged, 'changed-since': since } = values;
  if (staged && since !== undefined) {
    throw new UserError('--staged and --changed-since contradict each other');
  }
  if (staged) {
    const changed = split(await git(root, ['diff', '--cached', ...named, '--']));
    const later = new Set(split(await git(root, ['diff', ...named, '--'])));
    warnOf(
      changed.filter((file) => later.has(file)),
      terminal,
    );
    return narrowing(changed);
  }
  if (since === undefined) return undefined;
  const base = await mergeBase(root, since);
  const [tracked, untracked] = await Promise.all([
    git(root, ['diff', ...named, base, '--']),
    git(root, ['ls-files', '--others', '--exclude-standard', '-z']),
  ]);
  return narrowing([...split(tracked), ...split(untracked)]);
}

function warnOf(files: readonly string[], { warn, columns }: Pick<Terminal, 'warn' | 'columns'>) {
  if (files.length === 0) return;
  const [has, them] = files.length === 1 ? ['has', 'it is'] : ['have', 'they are'];
  const text = `${counted(files.length, 'staged file')} ${has} changes that are not staged; ${them} checked as in the working tree: ${files.join(', ')}`;
  warn(`${wrap(`warning: ${printable(text)}`, columns).join('\n')}\n`);
}

/** Paths below the root only, and both names of what was moved. */
const named = ['--name-only', '--no-renames', '--no-ext-diff', '--relative', '-z'];

function split(text: string): string[] {
  return text.split('\0').filter(Boolean);
}

/** Files that decide about every target. */
const decisive: ReadonlySet<string> = new Set([...configNames, baselineName, '.sops.yaml']);

function narrowing(changes: readonly string[]): Narrowing {
  const changed = new Set(changes);
  let targets = new Set<string>();
  let files = new Set<string>();
  return {
    narrow(discovery) {
      const selected = discovery.targets.filter(selector(changed, discovery));
      targets = new Set(selected.flatMap(({ target }) => [target.name, target.path]));
      files = new Set([...changed, ...selected.flatMap(({ input }) => input.files)]);
      return { ...discovery, targets: selected };
    },
    keeps: (finding) =>
      files.has(finding.location.file) || finding.targets.some((path) => targets.has(path)),
  };
}

type Selector = (one: Discovery['targets'][number]) => boolean;

function selector(changed: ReadonlySet<string>, discovery: Discovery): Selector {
  const { files, clusters, otherCrds } = discovery;
  const crds = otherCrds.flatMap(({ origin }) => origin?.file ?? []);
  if ([...decisive, ...crds].some((file) => changed.has(file))) return () => true;
  const there = new Set(files);
  const gone = [...changed].filter((file) => !there.has(file));
  const touched = new Set(
    clusters.filter(({ file }) => changed.has(file) || isBelow(gone, file)).map(({ name }) => name),
  );
  return ({ target, input }) =>
    input.files.some((file) => changed.has(file)) ||
    target.syncedBy.some((file) => changed.has(file)) ||
    target.clusters.some((name) => touched.has(name)) ||
    (gone.length > 0 && lacks(input, gone));
}

/** What is gone is in no list of files any more: it shows in failures and in its folder. */
function lacks(
  { files, failures }: Discovery['targets'][number]['input'],
  gone: readonly string[],
) {
  const folders = new Set(files.map((file) => posix.dirname(file)));
  return failures.length > 0 || gone.some((file) => folders.has(posix.dirname(file)));
}

/** A cluster is described by a file in its folder, or by the folder alone. */
function isBelow(gone: readonly string[], description: string): boolean {
  const folder = /\.ya?ml$/.test(description) ? posix.dirname(description) : description;
  return gone.some((file) => file.startsWith(`${folder}/`));
}
