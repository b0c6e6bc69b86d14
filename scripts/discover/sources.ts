import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { maximumBytes, readYaml } from '../kubernetes/yaml.ts';
import type { SourceFile } from '../model.ts';
import { isOutside } from './paths.ts';

/** Reads files once each, when they are first asked for. */
export interface Sources {
  /** A YAML file with its documents; undefined when there is no such file. */
  read(path: string): SourceFile | undefined;
  /** A file's text, without making it one of the sources. */
  peek(path: string): string | undefined;
  /** All files read so far, sorted by path. */
  all(): SourceFile[];
}

/** Sources below a repository root. `given` files, such as standard input, are there already. */
export function openSources(root: string, given: readonly SourceFile[] = []): Sources {
  const known = new Map<string, SourceFile | undefined>(given.map((file) => [file.path, file]));
  return {
    read(path) {
      if (!known.has(path)) known.set(path, readSource(root, path));
      return known.get(path);
    },
    peek: (path) => known.get(path)?.text ?? textOf(root, path),
    all: () =>
      [...known.values()]
        .filter((file) => file !== undefined)
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

function readSource(root: string, path: string): SourceFile | undefined {
  const absolute = join(root, path);
  try {
    const stats = statSync(absolute);
    if (!stats.isFile()) return undefined;
    if (isOutside(path, root)) return unread(path, 'is a link to a place outside the repository');
    if (stats.size > maximumBytes) return unread(path, tooLarge(stats.size));
    return toSource(path, readFileSync(absolute, 'utf8'));
  } catch {
    return undefined;
  }
}

function textOf(root: string, path: string): string | undefined {
  const absolute = join(root, path);
  try {
    if (isOutside(path, root)) return undefined;
    return statSync(absolute).size > maximumBytes ? undefined : readFileSync(absolute, 'utf8');
  } catch {
    return undefined;
  }
}

/** A source file from its text. */
export function toSource(path: string, text: string): SourceFile {
  const { documents, problems } = readYaml(text, path);
  return { path, text, documents, syntaxProblems: problems };
}

function tooLarge(size: number): string {
  const mebibytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
  return `has ${mebibytes(size)} MiB; files above ${mebibytes(maximumBytes)} MiB are not read`;
}

function unread(path: string, message: string): SourceFile {
  const location = { file: path, line: 1, column: 1 };
  return { path, text: '', documents: [], syntaxProblems: [{ message, location }] };
}
