import type { Finding, Report } from '../model.ts';
import { reachOf } from './reach.ts';
import { calledOf, nameOf } from './wording.ts';

/**
 * JUnit's XML, as CI dashboards read it: a suite a file with findings, and one of the targets,
 * which are skipped when they cannot be rendered: a finding says why. Errors fail; warnings and notes are what a passing case
 * prints, so that a dashboard is red only when the run is.
 */
export function junit(report: Report): string {
  const byFile = Map.groupBy(report.findings, ({ location }) => location.file);
  const suites = [...byFile].map(([file, findings]) => suite(file, findings.map(findingCase)));
  const targets = report.targets.map((target) => ({
    failed: false,
    skipped: !target.rendered,
    lines: element(
      'testcase',
      { name: calledOf(target), classname: 'presync.target', time: '0' },
      target.rendered ? [] : element('skipped', { message: 'not rendered' }, []),
    ),
  }));
  const all = [suite('targets', targets), ...suites];
  const time = (report.summary.durationMs / 1000).toFixed(3);
  const total = (pick: (one: Suite) => number) => `${all.reduce((sum, one) => sum + pick(one), 0)}`;
  const counts = {
    name: 'presync',
    tests: total(({ tests }) => tests),
    failures: total(({ failures }) => failures),
    errors: '0',
    skipped: total(({ skipped }) => skipped),
    time,
  };
  const root = element(
    'testsuites',
    counts,
    all.flatMap(({ lines }) => lines),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.join('\n')}\n`;
}

interface Case {
  readonly failed: boolean;
  readonly skipped: boolean;
  readonly lines: readonly string[];
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
  readonly lines: readonly string[];
}

function suite(name: string, cases: readonly Case[]): Suite {
  const tests = cases.length;
  const failures = cases.filter(({ failed }) => failed).length;
  const skipped = cases.filter((one) => one.skipped).length;
  const attributes = {
    name,
    tests: `${tests}`,
    failures: `${failures}`,
    errors: '0',
    skipped: `${skipped}`,
    time: '0',
  };
  const lines = element(
    'testsuite',
    attributes,
    cases.flatMap((one) => one.lines),
  );
  return { tests, failures, skipped, lines };
}

function findingCase(finding: Finding): Case {
  const { rule, severity, message, location, suppression } = finding;
  const attributes = {
    name: message,
    classname: rule.replaceAll('/', '.'),
    file: location.file,
    line: `${location.line}`,
    time: '0',
  };
  const failed = severity === 'error' && !suppression;
  const told = details(finding).map(characters).join('\n');
  const inner = suppression
    ? element('skipped', { message: suppression.justification }, [])
    : failed
      ? [`<failure message="${attribute(message)}" type="${severity}">${told}</failure>`]
      : [`<system-out>${severity}: ${characters(message)}\n${told}</system-out>`];
  return {
    failed,
    skipped: suppression !== undefined,
    lines: element('testcase', attributes, inner),
  };
}

function details(finding: Finding): string[] {
  const { fix, location, object, docs, rule } = finding;
  const reach = reachOf(finding);
  return [
    `${location.file}:${location.line}:${location.column} (${rule})`,
    fix,
    ...(object ? [nameOf(object)] : []),
    ...(reach ? [`in ${reach}`] : []),
    docs,
  ];
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  inner: readonly string[],
): string[] {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(value)}"`);
  const start = `<${name}${list.join('')}`;
  if (inner.length === 0) return [`${start}/>`];
  return [`${start}>`, ...inner.map((line) => `  ${line}`), `</${name}>`];
}

function attribute(text: string): string {
  return characters(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** XML 1.0 has no way to write most control characters: they are spelt out, as `\u{001b}`. */
function characters(text: string): string {
  return text
    .replaceAll(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu,
      (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}
