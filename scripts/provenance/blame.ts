import { isRecord, valueAt } from '../kubernetes/fields.ts';
import type { Certainty, FieldPath } from '../model.ts';
import { metadataWriter } from './common-metadata.ts';
import { beginsWith, isSameName } from './map-path.ts';
import { possibleWriters } from './possible-writers.ts';
import { restoredAt, type Trace } from './trace.ts';
import { byOrder, isSameWriter, type Writer, writerAt, writerOf } from './writer.ts';

/** Who set a field of a rendered object. */
export interface Blame {
  /** The field, or its nearest parent that is there. */
  readonly path: FieldPath;
  /** Everything that the value is made of, what decides last; none when nothing is known. */
  readonly winners: readonly Writer[];
  /** Whatever else writes the field and is overridden, first writers first. */
  readonly overridden: readonly Writer[];
  /** `exact` is proven: with what was written put back, the canary build is the plain one. */
  readonly certainty: Exclude<Certainty, 'file'>;
}

/** Finds who set a field, by the marks of the canary build and else by what is written. */
export function blame(trace: Trace, path: FieldPath): Blame {
  const { data } = trace.manifest;
  const there = nearestThere(data, path);
  const value = valueAt(data, there);
  const isCollection = isRecord(value) || Array.isArray(value);
  const found = isCollection ? collection(trace, there) : scalar(trace, there);
  // A sync object that another has patched does not have all its fields where it is written.
  const isElsewhere = found.winners.some(
    ({ document, path: at }) => document.isElsewhere && !document.placeOf(at).found,
  );
  const isUnsure = there.length < path.length || isElsewhere;
  return { path: there, ...found, ...(isUnsure && { certainty: 'resource' }) };
}

function nearestThere(data: unknown, path: FieldPath): FieldPath {
  for (let length = path.length; length > 0; length--) {
    if (valueAt(data, path.slice(0, length)) !== undefined) return path.slice(0, length);
  }
  return [];
}

type Found = Omit<Blame, 'path'>;

function scalar(trace: Trace, path: FieldPath): Found {
  const marks = trace.occurrences.filter(
    (one) => one.path.length === path.length && beginsWith(one.path, path),
  );
  const writers = possibleWriters(trace, path);
  const value = valueAt(trace.manifest.data, path);
  const common = metadataWriter(trace, path);
  if (common) return result([common], writers, 'exact');
  if (marks.length === 0) return unmarked(trace, path, writers, value);
  const parts = marks.map(({ token }) => token).filter((token) => !token.isAdded);
  const tokens = parts.length > 0 ? parts : marks.map(({ token }) => token);
  const winners = distinct(tokens.map((token) => writerOf(token, orderOf(trace, token.document))));
  const restored = restoredAt(trace, path);
  const isProven = restored === value || String(restored) === String(value);
  return result(winners, writers, isProven ? 'exact' : 'resource');
}

/** A patch acts when the last kustomization that names it does. */
function orderOf({ plot }: Trace, { file }: Writer['document']): number {
  const own = plot.graph.nodes.get(file);
  if (own) return own.order;
  const users = [...plot.graph.nodes.values()].filter((node) =>
    node.patches.some((entry) => entry.file === file),
  );
  return Math.max(-1, ...users.map(({ order }) => order));
}

/** A name, a type, or another value that kustomize acts on: it is found as it is written. */
function unmarked(
  trace: Trace,
  path: FieldPath,
  writers: readonly Writer[],
  value: unknown,
): Found {
  const parts = nameParts(writers, String(value));
  if (parts) return result(parts, writers, 'exact');
  const same = writers.filter((writer) => isSameName(writer.value, value, trace));
  const [first, another] = same;
  if (first) {
    // The outermost namespace always wins. Else a patch that spells a name only looks for it.
    const isNamespace = same.some(({ by }) => by === 'namespace');
    const winner = isNamespace ? (same.at(-1) as Writer) : first;
    // Entries that merge into a generated object name it by its first.
    const isGenerated = first.by.endsWith('Generator') && path.at(-1) === 'name';
    const isOnly = another === undefined || isNamespace || isGenerated;
    return result([winner], isOnly ? writers : [], isOnly ? 'exact' : 'resource');
  }
  const replaced = writers.filter(({ by }) => by === 'replacements');
  const [replacement] = replaced;
  if (replacement) return result([replacement], writers, replaced[1] ? 'resource' : 'exact');
  const last = writers.at(-1);
  if (last) return result([last], writers, 'resource');
  return { ...collection(trace, path.slice(0, -1)), certainty: 'resource' };
}

/** A name that is made of a prefix, what was written, and a suffix. */
function nameParts(writers: readonly Writer[], value: string): Writer[] | undefined {
  const prefixes = writers.filter(({ by }) => by === 'namePrefix');
  const suffixes = writers.filter(({ by }) => by === 'nameSuffix');
  const name = writers.find(({ by }) => by === 'resource');
  if (!name || prefixes.length + suffixes.length === 0) return undefined;
  const before = prefixes.map((one) => String(one.value)).reverse();
  const after = suffixes.map((one) => String(one.value));
  const whole = [...before, String(name.value), ...after].join('');
  return whole === value ? [...prefixes, ...suffixes, name] : undefined;
}

/** A mapping or list belongs to the first that writes it, unless a JSON patch replaces it. */
function collection(trace: Trace, path: FieldPath): Found {
  const possible = possibleWriters(trace, path);
  const replacing = possible.findLast(({ document }) => document.kind === 'json patch');
  const writers = [...possible, ...holders(trace, path)].sort(byOrder);
  const first = replacing ?? writers[0];
  if (first) {
    const isAlive = trace.occurrences.some(
      ({ path: marked, token }) =>
        token.document === first.document &&
        beginsWith(marked, path) &&
        beginsWith(token.path, first.path),
    );
    const value = JSON.stringify(valueAt(trace.manifest.data, path));
    const isProven = isAlive || JSON.stringify(first.value) === value;
    return result([first], [], isProven ? 'exact' : 'resource');
  }
  if (path.length > 0) return { ...collection(trace, path.slice(0, -1)), certainty: 'resource' };
  return { winners: [], overridden: [], certainty: 'resource' };
}

/** What holds the marks below a field in other files, such as the `pairs` of `labels`. */
function holders(trace: Trace, path: FieldPath): Writer[] {
  return trace.occurrences.flatMap(({ path: marked, token }) => {
    if (!beginsWith(marked, path)) return [];
    const rest = marked.slice(path.length);
    const at = token.path.slice(0, token.path.length - rest.length);
    const isHolder = rest.length < token.path.length && endsWith(token.path, rest);
    const isEntry = /Generator$/.test(String(token.path[0])) && path.length <= 1;
    if (isEntry)
      return [writerAt(token.document, token.path.slice(0, 2), orderOf(trace, token.document))];
    return isHolder ? [writerAt(token.document, at, orderOf(trace, token.document))] : [];
  });
}

function endsWith(path: FieldPath, end: FieldPath): boolean {
  return end.every((step, index) => {
    const own = path[path.length - end.length + index];
    return own === step || (typeof own === 'number' && typeof step === 'number');
  });
}

function distinct(writers: readonly Writer[]): Writer[] {
  return writers.filter(
    (one, index) => writers.findIndex((other) => isSameWriter(one, other)) === index,
  );
}

function result(
  winners: readonly Writer[],
  writers: readonly Writer[],
  certainty: Found['certainty'],
): Found {
  // The entry of a generator that names the file is no other value than the file.
  const isFile = winners.some(({ document }) => document.kind === 'data');
  const overridden = distinct(writers).filter(
    (writer) =>
      !winners.some((winner) => isSameWriter(winner, writer)) &&
      !(isFile && writer.path.at(-2) === 'files'),
  );
  return { winners, overridden, certainty };
}
