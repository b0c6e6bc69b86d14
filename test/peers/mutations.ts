/** A change to one place of an object. */
export interface Mutation {
  readonly object: Record<string, unknown>;
  /** What was done, for messages. */
  readonly change: string;
  readonly path: readonly (string | number)[];
}

type Path = readonly (string | number)[];
type Parent = Record<string | number, unknown>;

/** What a value becomes; undefined takes it away. */
const replacements: readonly [string, (value: unknown) => unknown][] = [
  ['drop', () => undefined],
  ['null', () => null],
  ['text', () => 'wrong'],
  ['empty text', () => ''],
  ['number', () => 7],
  ['negative', () => -1],
  ['fraction', () => 1.5],
  ['large', () => 2 ** 40],
  ['boolean', () => true],
  ['object', () => ({})],
  ['list', () => []],
  ['in a list', (value) => [value]],
  ['in an object', (value) => ({ value })],
  ['as text', (value) => (typeof value === 'object' ? 'x' : String(value))],
  ['other case', (value) => (typeof value === 'string' ? swapped(value) : value)],
];

/**
 * Objects with one mistake each: dropped, renamed and unknown fields, other types, values
 * of no enumeration, null and bounds. The same seed gives the same ones.
 */
export function mutations(
  objects: readonly Readonly<Record<string, unknown>>[],
  count: number,
  seed: number,
): Mutation[] {
  const random = generator(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const byKind = Object.values(
    Object.groupBy(objects, ({ apiVersion, kind }) => `${apiVersion}/${kind}`),
  ) as (typeof objects)[];
  return Array.from({ length: count }, () => {
    const object = structuredClone(pick(pick(byKind))) as Record<string, unknown>;
    const path = pick([...paths(object)]);
    const parent = path.slice(0, -1).reduce<unknown>((one, step) => (one as Parent)[step], object);
    return { object, path, change: mutate(parent as Parent, path.at(-1) ?? '', pick) };
  });
}

function mutate(parent: Parent, key: string | number, pick: <T>(all: readonly T[]) => T): string {
  const value = parent[key];
  const kind = pick(['replace', 'replace', 'replace', 'rename', 'add'] as const);
  if (kind === 'rename' && typeof key === 'string') {
    delete parent[key];
    parent[`${key}s`] = value;
    return 'rename';
  }
  const inside = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (kind === 'add' && inside) {
    (value as Parent)[pick(['extra', 'nmae', 'status2'])] = pick([1, 'a', {}, null]);
    return 'add';
  }
  const [name, replace] = pick(replacements);
  const next = replace(value);
  if (next === undefined && Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (next === undefined) delete parent[key];
  else parent[key] = next;
  return name;
}

/** Every place in an object but those that say what it is. */
function* paths(value: unknown, path: Path = []): Generator<Path> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (path.length === 0 && (key === 'apiVersion' || key === 'kind')) continue;
    const own = [...path, Array.isArray(value) ? Number(key) : key];
    yield own;
    yield* paths(child, own);
  }
}

function swapped(text: string): string {
  return text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase();
}

/** Numbers from 0 up to 1, the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
