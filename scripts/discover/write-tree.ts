import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { git, gitBytes } from '../shared/git.ts';

interface Entry {
  readonly path: string;
  readonly id: string;
  readonly isLink: boolean;
}

/** Nothing larger is a manifest, or goes into one. */
const largestFile = 5 * 2 ** 20;
const largestTree = 512 * 2 ** 20;

/**
 * Writes the files of a commit below `root` into an empty folder, as they are in the commit:
 * no filter, hook or attribute has a say, and nothing of the working tree or the index changes.
 * Submodules, huge files and whatever would leave the folder are left out.
 *
 * @throws UserError when Git cannot read the commit
 */
export async function writeTree(root: string, commit: string, folder: string): Promise<void> {
  const listed = await git(root, ['ls-tree', '-r', '-l', '-z', commit]);
  const entries = listed.split('\0').flatMap(entryIn);
  const ids = [...new Set(entries.map(({ id }) => id))];
  if (ids.length === 0) return;
  const answer = await gitBytes(root, ['cat-file', '--batch'], `${ids.join('\n')}\n`, largestTree);
  const contents = contentsIn(answer);
  for (const { path, id, isLink } of entries) {
    const content = contents.get(id);
    if (!content) throw new UserError(`Git has no content of ${path}; fetch more of the history`);
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (!isLink) writeFileSync(file, content);
    else if (staysInside(path, String(Buffer.from(content))))
      symlinkSync(String(Buffer.from(content)), file);
  }
}

/** `<mode> <type> <id> <size>\t<path>` */
function entryIn(line: string): Entry[] {
  const match = /^(\d+) blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line);
  const [, mode, id = '', size, path = ''] = match ?? [];
  const isSafe = path
    .split('/')
    .every((part) => !/^(\.{0,2}|\.git)$/i.test(part) && !part.includes('\\'));
  if (!match || !isSafe || Number(size) > largestFile) return [];
  return [{ path, id, isLink: mode === '120000' }];
}

/** Each answer is `<id> <type> <size>`, a line end, the content and another line end. */
function contentsIn(answer: Uint8Array): Map<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  let at = 0;
  while (at < answer.length) {
    const end = answer.indexOf(0x0a, at);
    const [id = '', type, size] = String(Buffer.from(answer.subarray(at, end))).split(' ');
    at = end + 1;
    if (type !== 'blob') continue;
    contents.set(id, answer.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}

function staysInside(path: string, target: string): boolean {
  const there = posix.normalize(posix.join(posix.dirname(path), target));
  return !posix.isAbsolute(target) && there !== '..' && !there.startsWith('../');
}
