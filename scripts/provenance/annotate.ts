import { isRecord } from '../kubernetes/fields.ts';
import { resolveScalar } from '../kubernetes/scalars.ts';
import { nodeAt } from '../kubernetes/yaml-tree.ts';
import type { ExplainedLine, FieldPath, Location } from '../model.ts';
import { mask } from '../secrets/masked.ts';
import { blame } from './blame.ts';
import type { Blame } from './found.ts';
import { shownData } from './mask.ts';
import { isSecretSource } from './secret-source.ts';
import type { Trace } from './trace.ts';
import type { Writer } from './writer.ts';

/** A rendered object as YAML, each line with the place that wrote it. */
export function annotate(trace: Trace): ExplainedLine[] {
  let path: FieldPath | undefined;
  let blamed: Blame | undefined;
  let index = 0;
  return [...linesOf(shownData(trace.manifest))].map((line): ExplainedLine => {
    index = line.path === path ? index + 1 : 0;
    path = line.path;
    if (index === 0 || !blamed) blamed = blame(trace, path);
    const { winners, certainty } = blamed;
    const winner = winners.at(-1);
    const isHidden = winners.some((one) => isSecretSource(one, trace));
    const text = isHidden ? withoutValue(line.text) : line.text;
    return winner ? { text, location: lineOf(winner, index), certainty } : { text };
  });
}

/**
 * Where a line of a value is written.
 *
 * @param index of the line in the value as it is shown, which begins with its key
 */
function lineOf({ document, path, location }: Writer, index: number): Location {
  if (index === 0 || document.isElsewhere) return location;
  if (document.kind === 'data') return { ...location, line: location.line + index - 1, column: 1 };
  const node = document.root && nodeAt(document.root, path);
  const isLiteral = node?.is === 'scalar' && node.style === 'literal';
  return isLiteral ? { ...location, line: location.line + index, column: 1 } : location;
}

/** A line with its key alone; one of a longer text has none. */
function withoutValue(line: string): string {
  const [key = ''] = /^\s*(?:- )*(?:(?:"[^"]*"|[^\s":]+):(?= |$))?/.exec(line) ?? [];
  return line === key ? line : `${key.trimEnd() === key ? `${key} ` : key}${mask}`;
}

/** A line of YAML and the field that it shows. */
export interface YamlLine {
  readonly text: string;
  readonly path: FieldPath;
}

/**
 * A value as YAML, line by line.
 *
 * @param first what stands before the first line
 * @param indent what stands before the others
 */
export function* linesOf(
  value: unknown,
  path: FieldPath = [],
  first = '',
  indent = '',
): Generator<YamlLine> {
  let before = first;
  const isList = Array.isArray(value);
  const entries = isList ? value.entries() : Object.entries(isRecord(value) ? value : {});
  for (const [step, item] of entries) {
    const own = [...path, step];
    const key = isList ? '-' : `${spelt(String(step))}:`;
    if (typeof item === 'object' && item !== null && Object.keys(item).length > 0) {
      if (isList) {
        yield* linesOf(item, own, `${before}- `, `${indent}  `);
      } else {
        yield { text: before + key, path: own };
        const deeper = Array.isArray(item) ? indent : `${indent}  `;
        yield* linesOf(item, own, deeper, deeper);
      }
    } else {
      yield* scalarLines(`${before}${key} `, item, own, `${indent}  `);
    }
    before = indent;
  }
}

function* scalarLines(
  start: string,
  value: unknown,
  path: FieldPath,
  indent: string,
): Generator<YamlLine> {
  if (typeof value !== 'string') return yield { text: start + JSON.stringify(value), path };
  if (!/\n./.test(value)) return yield { text: start + spelt(value), path };
  yield { text: `${start}${value.endsWith('\n') ? '|' : '|-'}`, path };
  for (const line of value.replace(/\n$/, '').split('\n')) yield { text: indent + line, path };
}

function spelt(text: string): string {
  const isPlain = /^[\w./@][\w./@:+-]*(?: [\w./@(=,][\w./@:+-]*)*$/.test(text);
  const isText = isPlain && !text.endsWith(':') && resolveScalar(text) === text;
  return isText ? text : JSON.stringify(text);
}
