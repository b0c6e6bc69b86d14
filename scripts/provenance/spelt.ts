import { textAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import { type Found, result } from './found.ts';
import { isSameName } from './map-path.ts';
import { nodesAround } from './nodes-around.ts';
import type { Trace } from './trace.ts';
import { type Writer, writerAt } from './writer.ts';

/** Who writes a value as it is rendered; undefined when nobody does. */
export function spelt(
  trace: Trace,
  path: FieldPath,
  writers: readonly Writer[],
  value: unknown,
): Found | undefined {
  const named = nameParts(writers, String(value));
  if (named) return result(named, writers, 'exact');
  // What an operation has put there as a whole is nobody's from before it.
  const start = Math.max(0, writers.findLastIndex(isOperation));
  const same = writers.slice(start).filter((writer) => isSameName(writer.value, value, trace));
  const [first, another] = same;
  if (!first) return undefined;
  // The outermost namespace always wins. Else a patch that spells a name only looks for it.
  const isNamespace = same.some(({ by }) => by === 'namespace');
  const winner = isNamespace ? (same.at(-1) as Writer) : first;
  // Entries that merge into a generated object name it by its first.
  const isGenerated = first.by.endsWith('Generator') && path.at(-1) === 'name';
  const isOnly = another === undefined || isNamespace || isGenerated;
  const parts = winner.value === value ? [] : affixesIn(String(value), trace);
  return result([...parts, winner], isOnly ? writers : [], isOnly ? 'exact' : 'resource');
}

/** The prefixes and suffixes in the new name of something that a value names. */
function affixesIn(value: string, trace: Trace): Writer[] {
  return nodesAround(trace).flatMap(({ file, value: kustomization, order }) => {
    const document = trace.planted.documents.get(file)?.[0];
    return ['namePrefix', 'nameSuffix'].flatMap((key) => {
      const part = textAt(kustomization, [key]);
      return document && part && value.includes(part) ? [writerAt(document, [key], order)] : [];
    });
  });
}

function isOperation({ document, by }: Writer): boolean {
  return document.kind === 'json patch' && by === 'patch';
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
