import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One YAML file or one small repository below `test/rules/<rule id>/bad` or `.../good`. */
export interface Fixture {
  /** Path below `test/rules`. */
  readonly name: string;
  readonly rule: string;
  readonly kind: 'bad' | 'good';
  /** The folder that counts as the repository. */
  readonly root: string;
  /** The folder with what was there before the change, of a rule that compares. */
  readonly before?: string;
  /** What to validate in it; all of it when empty. */
  readonly paths: readonly string[];
  /** What the `# finding:` comments announce, as `file:line: message`. */
  readonly expected: readonly string[];
}

const folder = import.meta.dirname;

/** Every fixture of every rule, in the order of their names. */
export function loadFixtures(): Fixture[] {
  return globSync('*/*/{bad,good}/*', { cwd: folder }).sort().map(toFixture);
}

function toFixture(name: string): Fixture {
  const absolute = join(folder, name);
  const [group, rule, kind, entry = ''] = name.split('/');
  const isFolder = statSync(absolute).isDirectory();
  // A rule that compares has two small repositories: before and after the change.
  const isChange = isFolder && existsSync(join(absolute, 'after'));
  const root = isChange ? join(absolute, 'after') : isFolder ? absolute : dirname(absolute);
  const files = isFolder ? globSync('**/*.{yaml,json,env,pem}', { cwd: root }).sort() : [entry];
  return {
    name,
    rule: `${group}/${rule}`,
    kind: kind === 'bad' ? 'bad' : 'good',
    root,
    ...(isChange && { before: join(absolute, 'before') }),
    paths: isFolder ? [] : [entry],
    expected: files.flatMap((file) => announced(file, readFileSync(join(root, file), 'utf8'))),
  };
}

function announced(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const message = /# finding: (.+)$/.exec(
      file.endsWith('.json') ? line.replace(/",?$/, '') : line,
    )?.[1];
    return message ? [`${file}:${index + 1}: ${message}`] : [];
  });
}
