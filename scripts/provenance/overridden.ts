import { isRecord, toPointer, valueAt } from '../kubernetes/fields.ts';
import type { FieldPath, Location, Manifest } from '../model.ts';
import { blame } from './blame.ts';
import { type CanaryContext, runCanary } from './canary.ts';
import type { Trace } from './trace.ts';
import type { Writer } from './writer.ts';

/** A written value that decides in none of the targets that read its file. */
interface OverriddenValue {
  readonly location: Location;
  readonly object: string;
  /** JSON pointer to the field where it is written. */
  readonly field: string;
  readonly targets: number;
  /** The lines that decide instead, in at least two files. */
  readonly by: readonly Location[];
}

interface Fate {
  readonly writer: Writer;
  readonly object: string;
  /** What decides instead, by target. */
  readonly overriding: Map<string, Location[]>;
}

/** Finds the values of objects' own files that every target overrides with others. */
export async function overriddenValues(context: CanaryContext): Promise<OverriddenValue[]> {
  const built = context.rendered.filter(({ target }) => target.kind === 'kustomization');
  const manifests = built.flatMap((one) => one.manifests);
  const canary = await runCanary(manifests, context);
  const fates = new Map<string, Fate>();
  const kept = new Set<string>();
  for (const manifest of manifests) {
    const trace = canary.traceOf(manifest);
    if (trace) collect(manifest, trace, fates, kept);
  }
  return [...fates].flatMap(([key, { writer, object, overriding }]) => {
    const { file } = writer.location;
    const readers = built.filter(({ files }) => files.includes(file));
    const isEverywhere = readers.every(({ target }) => overriding.has(target.name));
    const by = distinct([...overriding.values()].flat());
    // What one patch does for all of them is how the base is made.
    const isBySeveral = new Set(by.map((place) => place.file)).size > 1;
    if (kept.has(key) || !isEverywhere || !isBySeveral) return [];
    const field = toPointer(writer.path);
    return [{ location: writer.location, object, field, targets: readers.length, by }];
  });
}

function collect(
  manifest: Manifest,
  trace: Trace,
  fates: Map<string, Fate>,
  kept: Set<string>,
): void {
  for (const path of scalarsOf(manifest.data, [])) {
    const { winners, overridden, certainty } = blame(trace, path);
    for (const winner of winners) kept.add(keyOf(winner.location));
    const value = valueAt(manifest.data, path);
    for (const writer of overridden) {
      const key = keyOf(writer.location);
      if (writer.by !== 'resource') continue;
      // Of what is not proven, or says the same, nothing is told; `images` looks for the name.
      const isSought = winners.some(({ by }) => by === 'images');
      if (certainty !== 'exact' || isSought || String(writer.value) === String(value)) {
        kept.add(key);
        continue;
      }
      const object = `${manifest.kind} ${manifest.name}`;
      const fate = fates.get(key) ?? { writer, object, overriding: new Map() };
      const places = winners.map(({ location }) => location);
      fate.overriding.set(manifest.target?.name ?? '', places);
      fates.set(key, fate);
    }
  }
}

function scalarsOf(value: unknown, path: FieldPath): FieldPath[] {
  const entries = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(isRecord(value) ? value : {});
  if (entries.length > 0) {
    return entries.flatMap(([step, item]) => scalarsOf(item, [...path, step]));
  }
  return typeof value === 'object' ? [] : [path];
}

function keyOf({ file, line, column }: Location): string {
  return `${file}:${line}:${column}`;
}

function distinct(places: readonly Location[]): Location[] {
  return [...new Map(places.map((place) => [keyOf(place), place])).values()];
}
