import { isRecord, recordAt } from '../kubernetes/fields.ts';
import type { Manifest, Problem } from '../model.ts';
import { decodeBase64 } from './base64.ts';
import { mask, masked } from './masked.ts';
import { secretProducersOf } from './producers.ts';
import { secretReferencesOf } from './references.ts';

/** Shorter ones are found in any sentence, and tell nobody anything. */
const shortest = 4;
/** One of this length is no part of another word by chance. */
const sureLength = 8;
/** No message quotes more, and looking for all of a large object's values takes time. */
const most = 2_000;

/**
 * A problem whose words hold no secret of the object that they are about. Rules quote none;
 * policies, schemas and rules of others may, for what they say is composed of what they read.
 *
 * @param secretsOf the Secrets that are rendered with an object
 */
export function withoutValues<T extends Problem>(
  problem: T,
  secretsOf: (manifest: Manifest) => readonly Manifest[] = () => [],
): T {
  if (!('manifest' in problem)) return problem;
  const values = [...hiddenValues(problem.manifest), ...carriedFrom(secretsOf(problem.manifest))];
  const told = (text: string) => values.reduce(withoutValue, text);
  return {
    ...problem,
    message: told(problem.message),
    ...(problem.fix !== undefined && { fix: told(problem.fix) }),
  };
}

/** A text about another object without what Secrets hold. */
export function withoutSecrets(text: string, secrets: readonly Manifest[]): string {
  return carriedFrom(secrets).reduce(withoutValue, text);
}

const carried = new WeakMap<readonly Manifest[], readonly string[]>();

/**
 * What replacements may carry into other objects, the longest first: one value may be the
 * beginning of another. Shorter ones are words by chance.
 */
function carriedFrom(secrets: readonly Manifest[]): readonly string[] {
  const known = carried.get(secrets);
  if (known) return known;
  const values = new Set(
    secrets.flatMap(hiddenValues).filter(({ length }) => length >= sureLength),
  );
  const sorted = [...values].sort((a, b) => b.length - a.length);
  carried.set(secrets, sorted);
  return sorted;
}

function withoutValue(text: string, value: string): string {
  if (value.length >= sureLength || !text.includes(value)) return text.replaceAll(value, mask);
  const word = value.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return text.replaceAll(new RegExp(`(?<![\\w-])${word}(?![\\w-])`, 'g'), mask);
}

const known = new WeakMap<Manifest, readonly string[]>();

/** What must not be told of an object, the longest first. */
function hiddenValues(manifest: Manifest): readonly string[] {
  let values = known.get(manifest);
  if (!values) {
    const found = new Set<string>();
    collect(manifest.data, masked(manifest.data, ''), found);
    if (manifest.kind === 'Secret') collectData(manifest, found);
    for (const one of toldAnyway(manifest)) found.delete(one);
    values = [...found]
      .filter((one) => one.length >= shortest)
      .sort((a, b) => b.length - a.length)
      .slice(0, most);
    known.set(manifest, values);
  }
  return values;
}

/** What an object is called by, and Secrets and their keys as it names them. */
function toldAnyway(manifest: Manifest): string[] {
  const { kind, name, namespace = '', data } = manifest;
  const own = ['data', 'stringData'].flatMap((field) => Object.keys(recordAt(data, [field])));
  const read = secretReferencesOf(manifest).flatMap((one) => [
    one.name,
    `${one.namespace}/${one.name}`,
    one.key ?? '',
  ]);
  const made = secretProducersOf(manifest).flatMap((one) => [
    one.name,
    ...one.keys,
    ...one.dropped,
  ]);
  return [kind, name, namespace, ...own, ...read, ...made];
}

/** The texts that are shown as something else. */
function collect(value: unknown, shown: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (value !== shown) for (const one of partsOf(value)) found.add(one);
  } else if (Array.isArray(value)) {
    const others = Array.isArray(shown) ? shown : [];
    for (const [index, item] of value.entries()) collect(item, others[index], found);
  } else if (isRecord(value)) {
    const others = recordAt(shown, []);
    for (const [key, item] of Object.entries(value)) collect(item, others[key], found);
  }
}

/** A text, and what of it is the secret: of `--password=x`, of a URL, of the lines of a file. */
function partsOf(text: string): string[] {
  const lines = text.split('\n', 1_000);
  const assigned = lines.flatMap(
    (line) => /^\s*-{0,2}["']?[\w.-]{2,100}["']?\s*[:=]\s*["']?([^\s"',]+)/.exec(line)?.[1] ?? [],
  );
  const urls = [...text.matchAll(/:\/\/[^:/@\s]{0,100}:([^@\s]{1,1000})@/g)].map(([, one]) => one);
  return [text.trim(), ...assigned, ...urls.filter((one) => one !== undefined)];
}

function collectData({ data }: Manifest, found: Set<string>): void {
  for (const field of ['data', 'stringData']) {
    for (const value of Object.values(recordAt(data, [field]))) {
      const text = typeof value === 'number' ? String(value) : value;
      if (typeof text !== 'string') continue;
      for (const one of partsOf(text)) found.add(one);
      const decoded = field === 'data' ? decodeBase64(text)?.toString() : undefined;
      for (const one of decoded ? partsOf(decoded) : []) found.add(one);
    }
  }
}
