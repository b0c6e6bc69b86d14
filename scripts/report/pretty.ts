import { styleText } from 'node:util';
import type { Finding, Report, RuleInfo, Severity, ShownLine } from '../model.ts';
import { counted, printable, wrap } from '../shared/text.ts';
import { reachOf } from './reach.ts';
import type { ReporterOptions } from './reporters.ts';
import { calledOf, nameOf, openFindings, placeOf, timeOf, verdictOf, workOf } from './wording.ts';

type Style = Extract<Parameters<typeof styleText>[0], string>;
type Paint = (style: Style | Style[], text: string) => string;

interface Page {
  readonly paint: Paint;
  readonly width: number;
  readonly verbose: boolean;
  readonly excerptOf?: ReporterOptions['excerptOf'];
  readonly ruleOf: (id: string) => RuleInfo | undefined;
}

const colours: Readonly<Record<Severity, Style>> = {
  error: 'red',
  warning: 'yellow',
  note: 'cyan',
};

/** What is told of a finding stands below its place. */
const indent: string = ' '.repeat(4);

/** More places than these are told only on request. */
const mostRelated = 3;

/** For people at a terminal: findings file by file, then one line that says how it went. */
export function pretty(report: Report, options: ReporterOptions): string {
  const { colour, columns, verbose = false, excerptOf, rules = [] } = options;
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const page: Page = {
    paint: (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text),
    width: Math.max(columns, 40),
    verbose,
    ...(excerptOf && { excerptOf }),
    ruleOf: (id) => byId.get(id),
  };
  const { open, suppressed } = openFindings(report);
  if (options.quiet && open.length === 0) return '';
  const byFile = Map.groupBy(open, ({ location }) => location.file);
  const blocks = [...byFile].map(([file, findings]) =>
    [
      page.paint('underline', printable(file)),
      ...findings.map((one) => tell(one, page).join('\n')),
    ].join('\n\n'),
  );
  const targets = verbose && report.targets.length > 0 ? [targetList(report, page)] : [];
  const ending = summarise(report, open, suppressed, page);
  return `${[...blocks, ...targets, ending].join('\n\n')}\n`;
}

function tell(finding: Finding, page: Page): string[] {
  const { severity, location, message, fix } = finding;
  const { paint, verbose } = page;
  const isKnown = placeOf(finding) !== location.file;
  const place = isKnown ? `${location.line}:${location.column} ` : '';
  const head = `  ${place}${severity}: `;
  const [first = '', ...more] = hang(message, head.length, page);
  const painted = `  ${paint('dim', place)}${paint([colours[severity], 'bold'], `${severity}:`)} `;
  const source = page.excerptOf?.(finding).source;
  return [
    painted + paint('bold', first),
    ...more.map((line) => indent + paint('bold', line)),
    ...(source ? frame(source, finding, page) : []),
    ...paragraph(fix, page),
    ...relatedTo(finding, page).flatMap((line) => paragraph(line, page, 'dim')),
    ...(verbose ? everything(finding, page) : []),
    ...whereOf(finding, page).flatMap((line) => paragraph(line, page, 'dim')),
  ];
}

/** Wrapped, with room for what stands before its first line. */
function hang(text: string, room: number, { width }: Page): string[] {
  const filler = '\u0000'.repeat(Math.max(room - indent.length, 1) - 1);
  const [first = '', ...more] = wrap(`${filler} ${printable(text)}`, width - indent.length);
  const start = first.slice(filler.length).trimStart();
  return start === '' && more.length > 0 ? ['', ...more] : [start, ...more];
}

function paragraph(text: string, { paint, width }: Page, style?: Style): string[] {
  return wrap(printable(text), width - indent.length).map(
    (line) => indent + (style ? paint(style, line) : line),
  );
}

/** The line as it is written, and below it what is at fault. */
function frame(source: ShownLine, { location, severity }: Finding, page: Page): string[] {
  const { paint, width } = page;
  const gutter = `${location.line}`;
  const room = width - indent.length - gutter.length - 3;
  const cut = Math.max(0, source.text.search(/\S/));
  // The fault stays in sight on a narrow terminal: what is before it gives way.
  const needed = Math.min(source.end, source.start + 30) - 1;
  const from = needed - cut > room ? Math.max(cut, source.start - 1 - Math.floor(room / 3)) : cut;
  const visible = source.text.slice(from, from + room);
  const start = Math.max(0, source.start - 1 - from);
  const end = Math.max(start + 1, Math.min(source.end - 1 - from, visible.length));
  const lead = printable(visible.slice(0, start)).length;
  const marked = printable(visible.slice(start, end)).length;
  const line = printable(visible).slice(0, room);
  const under = '^'.repeat(Math.max(1, Math.min(marked, room - lead)));
  const bar = (number: string) => paint('dim', `${number.padStart(gutter.length)} |`);
  return [
    `${indent}${bar(gutter)} ${line}`,
    `${indent}${bar('')} ${' '.repeat(lead)}${paint(colours[severity], under)}`,
  ];
}

/** The rule, the object and how far the problem reaches, as far as they are known. */
function whereOf(finding: Finding, { width }: Page): string[] {
  const { rule, object } = finding;
  const reach = reachOf(finding);
  const what = [rule, ...(object ? [nameOf(object)] : [])].join(' · ');
  if (reach === '') return [what];
  const whole = `${what} · in ${reach}`;
  return whole.length <= width - indent.length ? [whole] : [what, `in ${reach}`];
}

/** Other places that have a part in it; of many the first, unless all is asked for. */
function relatedTo({ related, location }: Finding, { verbose }: Page): string[] {
  const told = verbose ? related : related.slice(0, mostRelated);
  const left = related.length - told.length;
  return [
    ...told.map(({ message, location: { file, line } }) =>
      file === location.file ? `${message}: line ${line}` : `${message}: ${file}:${line}`,
    ),
    ...(left > 0 ? [`and ${left} more`] : []),
  ];
}

function everything(finding: Finding, page: Page): string[] {
  const { rule, docs, path, targets } = finding;
  const why = page.ruleOf(rule)?.why;
  const facts = [
    ...(path ? [`field: ${path}`] : []),
    ...(targets.length > 1 ? [`targets: ${targets.join(', ')}`] : []),
    `see ${docs}`,
  ];
  return [
    ...(why ? paragraph(why, page) : []),
    ...facts.flatMap((fact) => paragraph(fact, page, 'dim')),
  ];
}

function targetList({ targets }: Report, { paint }: Page): string {
  const names = targets.map((target) => printable(calledOf(target)));
  const width = Math.max(...names.map(({ length }) => length));
  const lines = targets.map(({ manifests, clusters, rendered }, index) => {
    const outcome = rendered ? counted(manifests, 'manifest') : paint('red', 'not rendered');
    const synced = clusters.length > 0 ? clusters.join(', ') : 'no cluster';
    return `  ${(names[index] ?? '').padEnd(width)}  ${outcome}, ${printable(synced)}`;
  });
  return [paint('underline', 'targets'), ...lines].join('\n');
}

function summarise(
  report: Report,
  open: readonly Finding[],
  suppressed: number,
  { paint, width }: Page,
): string {
  const worst = (['error', 'warning', 'note'] as const).find((severity) =>
    open.some((finding) => finding.severity === severity),
  );
  const verdict = verdictOf(open) + (suppressed > 0 ? `, ${suppressed} suppressed` : '');
  const work = `in ${workOf(report)}, ${timeOf(report.summary.durationMs)}`;
  const [first = '', ...more] = wrap(`${verdict} ${work}`, width);
  const split = Math.min(verdict.length, first.length);
  const style: Style[] = worst ? [colours[worst], 'bold'] : ['green'];
  const lines = [paint(style, first.slice(0, split)) + first.slice(split), ...more];
  if (report.notChecked.length > 0) {
    const text = `Not checked, for want of a schema: ${report.notChecked.join(', ')}`;
    lines.push(...wrap(printable(text), width).map((line) => paint('dim', line)));
  }
  return lines.join('\n');
}
