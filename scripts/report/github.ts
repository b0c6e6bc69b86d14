import type { Finding, Report, Severity } from '../model.ts';
import { counted, printable } from '../shared/text.ts';
import { reachOf } from './reach.ts';
import type { ReporterOptions } from './reporters.ts';
import { endColumnOf, openFindings, placeOf, timeOf, verdictOf, workOf } from './wording.ts';

/** GitHub shows as many annotations of a kind and step, and drops the others silently. */
const mostOfAKind = 10;

const kinds: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
};

/**
 * Workflow commands of GitHub Actions: annotations on the lines at fault, the gravest first
 * and at most what GitHub shows, and every finding in a group of the log.
 */
export function github(report: Report, { excerptOf }: ReporterOptions): string {
  const { open, suppressed } = openFindings(report);
  const annotated = (['error', 'warning', 'note'] as const).flatMap((severity) =>
    open.filter((finding) => finding.severity === severity).slice(0, mostOfAKind),
  );
  const hidden = open.length - annotated.length;
  const verdict = [
    `${verdictOf(open)} in ${workOf(report)}, ${timeOf(report.summary.durationMs)}`,
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(hidden > 0 ? [`${hidden} in the log only, for GitHub shows ${mostOfAKind} of a kind`] : []),
  ].join('; ');
  const listed = [
    `::group::presync: ${data(counted(open.length, 'finding'))}`,
    ...open.map(line),
    '::endgroup::',
  ];
  return [
    ...annotated.map((finding) => annotation(finding, endColumnOf(finding, excerptOf?.(finding)))),
    ...(open.length > 0 ? listed : []),
    `presync: ${verdict}`,
    '',
  ].join('\n');
}

function annotation(finding: Finding, endColumn: number | undefined): string {
  const { rule, severity, message, fix, location } = finding;
  const { file, line, column } = location;
  const properties = {
    file,
    line,
    col: column,
    ...(endColumn && { endColumn }),
    title: `presync ${rule}`,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(`${value}`)}`);
  const reach = reachOf(finding);
  const text = [message, fix, ...(reach ? [`In ${reach}.`] : [])].join('\n');
  return `::${kinds[severity]} ${list.join(',')}::${data(text)}`;
}

/** A line of the log. It cannot be taken for a command: they begin a line, or with `##[`. */
function line(finding: Finding): string {
  const { severity, message, rule } = finding;
  const text = printable(`${placeOf(finding)} ${message} (${rule})`);
  return `${severity.padEnd(7)} ${text.replaceAll('##[', '# #[')}`;
}

/** As the toolkit of GitHub Actions escapes what a command says. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
