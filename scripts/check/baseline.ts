import { existsSync, readFileSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { isRecord, listAt, textAt } from '../kubernetes/fields.ts';
import type { Finding, RuleInfo } from '../model.ts';
import { UserError } from '../shared/errors.ts';

/** A finding that was there when the baseline was made. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  readonly message: string;
}

/** The findings that a repository lives with for now. */
export interface Baseline {
  /** The file that lists them, from the repository root. */
  readonly file: string;
  readonly text: string;
  readonly entries: readonly BaselineEntry[];
}

/** Where a baseline is looked for, and written. */
export const baselineName = 'presync-baseline.json';

/** No list of findings that anybody means to work off is larger. */
const largest = 50_000_000;

/**
 * Reads a baseline; only fingerprints decide, the rest is for people.
 *
 * @param path the file, from the root of the repository
 * @param isNamed whether somebody asked for it, so that it must be there
 * @returns undefined when there is no such file and nobody asked for one
 * @throws UserError when the file is missing or no baseline
 */
export function readBaseline(root: string, path: string, isNamed: boolean): Baseline | undefined {
  const absolute = resolve(root, path);
  const file = relative(root, absolute).split(sep).join('/');
  if (!existsSync(absolute)) {
    if (isNamed) throw new UserError(`there is no baseline ${path}; presync baseline writes one`);
    return undefined;
  }
  if (!statSync(absolute).isFile() || statSync(absolute).size > largest) {
    throw new UserError(`${path} is no baseline`);
  }
  const text = readFileSync(absolute, 'utf8');
  return { file, text, entries: entriesIn(text, path) };
}

function entriesIn(text: string, path: string): BaselineEntry[] {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new UserError(`${path} is no JSON; presync baseline writes it anew when it is gone`);
  }
  if (!isRecord(data) || data.version !== 1 || !Array.isArray(data.findings)) {
    throw new UserError(`${path} is no baseline of version 1`);
  }
  return listAt(data, ['findings']).map((entry, index) => {
    const fingerprint = textAt(entry, ['fingerprint']);
    const rule = textAt(entry, ['rule']);
    if (!fingerprint || !rule) throw new UserError(`${path}: finding ${index + 1} is incomplete`);
    const file = textAt(entry, ['file']) ?? '';
    return { fingerprint, rule, file, message: textAt(entry, ['message']) ?? '' };
  });
}

/** What a baseline says of findings. */
export function entriesOf(findings: readonly Finding[]): BaselineEntry[] {
  return findings.map(({ fingerprint, rule, location, message }) => {
    return { fingerprint, rule, file: location.file, message };
  });
}

/** The text of a baseline: sorted, one finding a line, so that a diff shows what was mended. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const lines = entries
    .map((entry) => ({ entry, key: [entry.file, entry.rule, entry.fingerprint].join('\0') }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ entry: { fingerprint, rule, file, message } }) =>
      JSON.stringify({ fingerprint, rule, file, message }),
    );
  const list = lines.length > 0 ? `[\n    ${lines.join(',\n    ')}\n  ]` : '[]';
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`;
}

/** Findings of which the listed ones are suppressed. */
export function withBaseline(findings: readonly Finding[], baseline: Baseline): Finding[] {
  const listed = new Set(baseline.entries.map(({ fingerprint }) => fingerprint));
  const justification = `listed in ${baseline.file}`;
  return findings.map((finding) =>
    listed.has(finding.fingerprint) && !finding.suppression
      ? { ...finding, suppression: { kind: 'external', justification } }
      : finding,
  );
}

/** What a baseline lists and its rule, being applied, does not find any more. */
export function staleEntries(
  { entries }: Baseline,
  findings: readonly Finding[],
  applied: readonly RuleInfo[],
): BaselineEntry[] {
  const found = new Set(findings.map(({ fingerprint }) => fingerprint));
  const asked = new Set(applied.map(({ id }) => id));
  return entries.filter(({ rule, fingerprint }) => asked.has(rule) && !found.has(fingerprint));
}

/** The line of a baseline that has an entry. */
export function lineOf({ fingerprint }: BaselineEntry, { text }: Baseline): number {
  return text.slice(0, Math.max(text.indexOf(`"${fingerprint}"`), 0)).split('\n').length;
}
