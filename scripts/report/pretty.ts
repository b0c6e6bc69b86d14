import { styleText } from 'node:util';
import type { Finding, Report, Severity } from '../model.ts';
import { counted, printable, wrap } from '../shared/text.ts';
import type { ReporterOptions } from './reporters.ts';

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const colours: Readonly<Record<Severity, Style>> = {
  error: 'red',
  warning: 'yellow',
  note: 'cyan',
};

/** For people at a terminal: findings file by file, then one line that says how it went. */
export function pretty(report: Report, { colour, columns }: ReporterOptions): string {
  const paint: Paint = (style, text) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const width = Math.max(columns, 40);
  const byFile = Map.groupBy(report.findings, ({ location }) => location.file);
  const blocks = [...byFile].map(([file, findings]) =>
    [
      paint('underline', printable(file)),
      ...findings.flatMap((one) => tell(one, paint, width)),
    ].join('\n'),
  );
  return `${[...blocks, summarise(report, paint, width)].join('\n\n')}\n`;
}

function tell(finding: Finding, paint: Paint, width: number): string[] {
  const { severity, location, message, rule, fix } = finding;
  const place =
    location.line === 1 && finding.certainty === 'file'
      ? '-'
      : `${location.line}:${location.column}`;
  const head = `  ${place.padEnd(7)} ${severity.padEnd(7)} `;
  const [first = '', ...more] = wrap(printable(message), width - head.length);
  const indent = ' '.repeat(head.length);
  const painted = `  ${paint('dim', place.padEnd(7))} ${paint(colours[severity], severity.padEnd(7))} `;
  const told = (text: string, style?: Style) =>
    wrap(printable(text), width - head.length).map(
      (line) => indent + (style ? paint(style, line) : line),
    );
  return [
    painted + paint('bold', first),
    ...more.map((line) => indent + paint('bold', line)),
    ...told(fix),
    ...told(`${whereOf(finding)}${rule}`, 'dim'),
  ];
}

/** The object and how far the problem reaches, as far as both are known. */
function whereOf({ object, targets }: Finding): string {
  const name =
    object && `${object.kind} ${object.namespace ? `${object.namespace}/` : ''}${object.name}`;
  const [first, ...others] = targets;
  const reach = first && (others.length > 0 ? `${first} and ${others.length} more` : first);
  const parts = [name, reach && `in ${reach}`].filter(Boolean);
  return parts.length > 0 ? `${parts.join(' ')} · ` : '';
}

function summarise({ summary, notChecked, targets }: Report, paint: Paint, width: number): string {
  const { errors, warnings, notes, manifests, checks, durationMs } = summary;
  const found = [
    ...(errors ? [paint('red', counted(errors, 'error'))] : []),
    ...(warnings ? [paint('yellow', counted(warnings, 'warning'))] : []),
    ...(notes ? [paint('cyan', counted(notes, 'note'))] : []),
  ];
  const verdict = found.length > 0 ? found.join(', ') : paint('green', 'No findings');
  const failed = targets.filter(({ rendered }) => !rendered).length;
  const work = [
    counted(summary.targets, 'target') + (failed ? ` (${failed} not rendered)` : ''),
    counted(manifests, 'manifest'),
    counted(checks, 'check'),
  ].join(', ');
  const lines = [`${verdict} in ${work}, ${(durationMs / 1000).toFixed(2)} s`];
  if (notChecked.length > 0) {
    const text = `Not checked, for want of a schema: ${notChecked.join(', ')}`;
    lines.push(...wrap(printable(text), width).map((line) => paint('dim', line)));
  }
  return lines.join('\n');
}
