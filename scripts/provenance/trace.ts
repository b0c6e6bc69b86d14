import { textAt, valueAt } from '../kubernetes/fields.ts';
import type { FieldPath, Location, Manifest } from '../model.ts';
import { generatedName } from './generator-entries.ts';
import type { Occurrence } from './occurrences.ts';
import type { Planted, Plot } from './plant.ts';
import type { SourceDocument } from './source-document.ts';
import { originKey } from './splice-object.ts';
import type { Token, Tokens } from './tokens.ts';
import { renamesObjects } from './wanted.ts';

/** What a target's variables do to values after the build. */
export interface ValueSubstitution {
  apply(text: string): string;
  definitions(text: string): readonly { readonly name: string; readonly place: Location }[];
}

/** A rendered object and the same one of the canary build. */
export interface Trace {
  readonly manifest: Manifest;
  /** The object with marks. */
  readonly marked: unknown;
  readonly occurrences: readonly Occurrence[];
  /** The document that declares the object, and where in it; absent for generated ones. */
  readonly origin?: { readonly document: SourceDocument; readonly at: FieldPath };
  readonly plot: Plot;
  readonly planted: Planted;
  readonly tokens: Tokens;
  /** Names in the target that kustomize has changed, with what was written for them. */
  readonly renames: ReadonlyMap<string, ReadonlySet<string>>;
  readonly substitution?: ValueSubstitution;
}

/**
 * Reads which marks landed where in the objects of a target.
 *
 * @param asked the objects that matter; of others only names are looked at
 */
export function tracesOf(
  asked: ReadonlySet<Manifest>,
  pairs: ReadonlyMap<Manifest, Manifest>,
  plot: Plot,
  planted: Planted,
  tokens: Tokens,
  substitution?: ValueSubstitution,
): Trace[] {
  const renames = new Map<string, Set<string>>();
  const isAnyRenamed = renamesObjects(plot);
  const matters = (one: Manifest) =>
    asked.has(one) || isAnyRenamed || /^(ConfigMap|Secret|Namespace)$/.test(one.kind);
  const relevant = [...pairs].filter(([manifest]) => matters(manifest));
  const traces = relevant.map(([manifest, { data }]): Trace => {
    const all = occurrencesIn(data, manifest.kind === 'Secret', tokens);
    const token =
      all.find(({ path }) => path.at(-1) === originKey)?.token ?? mostFrequentResource(all);
    const at = token && (token.path[0] === 'items' ? token.path.slice(0, 2) : []);
    const occurrences = all.filter(({ path }) => path.at(-1) !== originKey);
    const origin = token && at && { document: token.document, at };
    const common = {
      manifest,
      marked: data,
      occurrences,
      plot,
      planted,
      tokens,
      renames,
      ...(substitution && { substitution }),
    };
    return origin ? { ...common, origin } : common;
  });
  for (const trace of traces) {
    const { manifest, origin } = trace;
    const written = origin
      ? textAt(origin.document.value, [...origin.at, 'metadata', 'name'])
      : generatedName(trace);
    if (written === undefined || written === manifest.name) continue;
    renames.set(manifest.name, (renames.get(manifest.name) ?? new Set()).add(written));
  }
  return traces;
}

function occurrencesIn(data: unknown, isSecret: boolean, tokens: Tokens): Occurrence[] {
  const occurrences: Occurrence[] = [];
  const path: (string | number)[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) {
      const plain = isSecret && path[0] === 'data' ? decoded(value) : value;
      for (const token of tokens.findIn(plain)) occurrences.push({ path: [...path], token });
      return;
    }
    const isList = Array.isArray(value);
    for (const key in value) {
      path.push(isList ? Number(key) : key);
      visit((value as Readonly<Record<string, unknown>>)[key]);
      path.pop();
    }
  };
  visit(data);
  return occurrences;
}

/** A patch that replaces all annotations takes the origin with it; the other marks still tell. */
function mostFrequentResource(occurrences: readonly Occurrence[]): Token | undefined {
  const counts = new Map<SourceDocument, { count: number; token: Token }>();
  for (const { token } of occurrences) {
    if (token.document.kind !== 'resource') continue;
    const count = (counts.get(token.document)?.count ?? 0) + 1;
    counts.set(token.document, { count, token });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.token;
}

/** A value of the marked object with what was written put back. */
export function restoredAt(trace: Trace, path: FieldPath): unknown {
  const value = writtenAt(trace, path);
  const { substitution } = trace;
  return typeof value === 'string' && substitution ? substitution.apply(value) : value;
}

function writtenAt({ manifest, marked, tokens }: Trace, path: FieldPath): unknown {
  const value = valueAt(marked, path);
  const isEncoded = manifest.kind === 'Secret' && path[0] === 'data';
  if (!isEncoded || typeof value !== 'string') return tokens.restore(value);
  const text = decoded(value);
  return typeof text === 'string' && tokens.findIn(text).length > 0
    ? Buffer.from(String(tokens.restore(text))).toString('base64')
    : value;
}

function decoded(value: unknown): unknown {
  return typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : value;
}
