import type { Finding, Report, Severity } from '../model.ts';
import { matrixOf } from './matrix.ts';
import { reachOf } from './reach.ts';
import { nameOf, openFindings, placeOf, timeOf, verdictOf, visible, workOf } from './wording.ts';

/** What GitHub takes as a comment; more is refused as a whole. */
const mostCharacters = 65_536;
/** Room for the line that says what was left out. */
const reserve = 200;
/** One text may not push out all others. */
const longest = 2000;

const signs: Readonly<Record<Severity, string>> = { error: '🔴', warning: '🟡', note: '🔵' };

/**
 * For a comment or a job's summary: how it went, the systems in each environment, then findings
 * file by file, the gravest files first, as many as a comment may hold. What strangers wrote
 * stands in code spans, where nothing is a link, a mention or a tag.
 */
export function markdown(report: Report): string {
  const { open, suppressed } = openFindings(report);
  const worst = (['error', 'warning', 'note'] as const).find((severity) =>
    open.some((finding) => finding.severity === severity),
  );
  const aside = suppressed > 0 ? `, ${suppressed} suppressed` : '';
  const title = `### ${worst ? signs[worst] : '🟢'} presync: ${verdictOf(open)}${aside}`;
  const work = `${workOf(report)}, ${timeOf(report.summary.durationMs)}`;
  const { notChecked } = report;
  const unchecked = `Not checked, for want of a schema: ${notChecked.map(code).join(', ')}`;
  const head = [
    title,
    work,
    ...fitting(matrix(report), 8000),
    ...(notChecked.length > 0 ? fitting(unchecked, 4000) : []),
  ].join('\n\n');
  return `${withFindings(head, open)}\n`;
}

function fitting(text: string, most: number): string[] {
  return text !== '' && text.length <= most ? [text] : [];
}

function withFindings(head: string, open: readonly Finding[]): string {
  const byFile = [...Map.groupBy(open, ({ location }) => location.file)];
  const gravest = byFile.sort(([, a], [, b]) => weight(b) - weight(a));
  let text = head;
  let told = 0;
  for (const [file, findings] of gravest) {
    let block = `\n\n#### ${code(file)}\n`;
    for (const finding of findings) {
      const item = `${block}\n${tell(finding)}`;
      if (text.length + item.length > mostCharacters - reserve) {
        return `${text}\n\n…and ${open.length - told} more, for which there is no room here.`;
      }
      text += item;
      block = '';
      told += 1;
    }
  }
  return text;
}

function weight(findings: readonly Finding[]): number {
  if (findings.some(({ severity }) => severity === 'error')) return 2;
  return findings.some(({ severity }) => severity === 'warning') ? 1 : 0;
}

function tell(finding: Finding): string {
  const { severity, message, fix, rule, object } = finding;
  const reach = reachOf(finding);
  const where = [
    code(rule),
    ...(object ? [code(nameOf(object))] : []),
    ...(reach ? [`in ${code(reach)}`] : []),
  ];
  return [
    `- ${signs[severity]} **${severity}** ${code(lineOf(finding))} ${code(message)}\\`,
    `  ${prose(fix)}\\`,
    `  ${where.join(' · ')}`,
  ].join('\n');
}

function lineOf(finding: Finding): string {
  const place = placeOf(finding).slice(finding.location.file.length + 1);
  return place === '' ? 'file' : place;
}

/** A row a system, a column an environment. */
function matrix(report: Report): string {
  const { systems, clusters, cells } = matrixOf(report);
  if (clusters.length === 0) return '';
  const row = (texts: readonly string[]) => `| ${texts.join(' | ')} |`;
  return [
    row(['', ...clusters.map(cell)]),
    row(['---', ...clusters.map(() => ':---:')]),
    ...systems.map((system) =>
      row([
        cell(system),
        ...clusters.map((cluster) => {
          const found = cells.get(system)?.get(cluster);
          if (!found) return '';
          const { worst, findings, rendered } = found;
          if (!rendered) return '❌ not rendered';
          return worst ? `${signs[worst]} ${findings.length}` : '🟢';
        }),
      ]),
    ),
  ].join('\n');
}

function cell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

/** A sentence of ours with its code; one that quotes what a stranger may have chosen is code. */
function prose(text: string): string {
  const parts = text.split('`');
  const isPlain = (part: string) =>
    /^(?:[\p{L}\p{N} ,;()'".%/?-]|: |(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}]))*$/u.test(part) &&
    !/www\./i.test(part);
  const isOurs =
    parts.length % 2 === 1 &&
    parts.every((part, index) => (index % 2 === 0 ? isPlain(part) : part !== ''));
  return isOurs
    ? parts.map((part, index) => (index % 2 === 0 ? part : code(part))).join('')
    : code(text);
}

/** A code span that holds exactly this text. */
function code(text: string): string {
  const whole = visible(text);
  // Not in the middle of a character.
  const shown = whole.length > longest ? `${whole.slice(0, longest).toWellFormed()}…` : whole;
  if (shown.trim() === '') return shown === '' ? '(nothing)' : `\`${shown}\``;
  const runs = [...shown.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(runs.reduce((most, length) => Math.max(most, length), 0) + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return fence + pad + shown + pad + fence;
}
