import { posix } from 'node:path';
import { isRecord, listAt, recordAt, textAt } from '../../kubernetes/fields.ts';
import { CannotTell, TemplateFault } from '../go-template/errors.ts';
import { normalizedName } from '../go-template/names.ts';
import type { Filler, Parameters } from './filler.ts';
import { flattened } from './flatten.ts';
import type { Expansion } from './generators.ts';
import { matchesPath, matchesPathspec } from './match-path.ts';
import type { SetContext } from './set-context.ts';

/**
 * The folders or files that a git generator finds in this repository.
 *
 * @throws TemplateFault for a file that is no map or list of maps
 * @throws CannotTell for another repository
 */
export function gitParameters(
  generator: unknown,
  { context, filler }: Pick<Expansion, 'context' | 'filler'>,
): Parameters[] {
  const url = textAt(generator, ['repoURL']) ?? '';
  if (!context.isOwn(url)) throw new CannotTell('the generator reads another Git repository');
  const prefix = textAt(generator, ['pathParamPrefix']) ?? '';
  const values = recordAt(generator, ['values']);
  const found = foldersOrFiles(generator, context, filler, prefix);
  return found.map((one) => withValues(one, values, filler));
}

function foldersOrFiles(
  generator: unknown,
  context: SetContext,
  filler: Filler,
  prefix: string,
): Parameters[] {
  const directories = listAt(generator, ['directories']).map(toItem);
  if (directories.length > 0) {
    return chosen(foldersOf(context.files), directories, matchesPath).map((folder) =>
      placed({ path: folder }, filler, prefix, {}),
    );
  }
  const files = listAt(generator, ['files']).map(toItem);
  if (files.length === 0) throw new TemplateFault('git has neither directories nor files');
  return chosen(context.files, files, matchesPathspec).flatMap((file) =>
    objectsIn(file, context).map((object) => {
      const own = filler.goTemplate ? object : flattened(object);
      return placed(
        { path: posix.dirname(file), filename: posix.basename(file) },
        filler,
        prefix,
        own,
      );
    }),
  );
}

interface Item {
  readonly path: string;
  readonly exclude: boolean;
}

function toItem(item: unknown): Item {
  return {
    path: textAt(item, ['path']) ?? '',
    exclude: isRecord(item) && item.exclude === true,
  };
}

/** What one item excludes no other brings back. */
function chosen(
  all: readonly string[],
  items: readonly Item[],
  matches: (pattern: string, path: string) => boolean,
): string[] {
  const [excluding, including] = [
    items.filter((one) => one.exclude),
    items.filter((one) => !one.exclude),
  ];
  return all.filter(
    (path) =>
      including.some((item) => matches(item.path, path)) &&
      !excluding.some((item) => matches(item.path, path)),
  );
}

/** Every folder, without the root and without hidden ones. */
function foldersOf(files: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const file of files) {
    for (let at = file.indexOf('/'); at > 0; at = file.indexOf('/', at + 1)) {
      folders.add(file.slice(0, at));
    }
  }
  return [...folders].filter((folder) => !/(^|\/)\./.test(folder)).sort();
}

function objectsIn(file: string, { read }: SetContext): Parameters[] {
  const source = read(file);
  if (!source) throw new CannotTell(`${file} cannot be read`);
  if (source.syntaxProblems.length > 0) throw new TemplateFault(`${file} is no YAML`);
  const [document = {}] = source.documents;
  if (isRecord(document)) return [document];
  if (Array.isArray(document) && document.every(isRecord)) return document;
  throw new TemplateFault(`${file} is neither a map nor a list of maps`);
}

/** What is told of a folder or file: one object, or names with dots and brackets. */
function placed(
  { path, filename }: { readonly path: string; readonly filename?: string },
  { goTemplate }: Filler,
  prefix: string,
  own: Parameters,
): Parameters {
  const basename = posix.basename(path);
  const told = {
    path,
    basename,
    basenameNormalized: normalizedName(basename),
    ...(filename !== undefined && { filename, filenameNormalized: normalizedName(filename) }),
  };
  const segments = path.split('/');
  if (goTemplate) {
    const whole = { path: { ...told, segments } };
    return { ...own, ...(prefix ? { [prefix]: whole } : whole) };
  }
  const name = prefix ? `${prefix}.path` : 'path';
  const dotted = Object.entries(told).map(
    ([key, value]) => [key === 'path' ? name : `${name}.${key}`, value] as const,
  );
  const indexed = segments.map((segment, index) => [`${name}[${index}]`, segment] as const);
  return { ...own, ...Object.fromEntries([...dotted, ...indexed]) };
}

/**
 * Adds a generator's `values`, which may use its other parameters but not each other.
 *
 * @throws TemplateFault and CannotTell of the filler
 */
export function withValues(own: Parameters, values: Parameters, filler: Filler): Parameters {
  const entries = Object.entries(values).map(
    ([key, value]) => [key, filler.fill(String(value), own)] as const,
  );
  if (entries.length === 0) return own;
  if (filler.goTemplate) return { ...own, values: Object.fromEntries(entries) };
  return {
    ...own,
    ...Object.fromEntries(entries.map(([key, value]) => [`values.${key}`, value])),
  };
}
