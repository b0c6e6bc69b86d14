import type { Finding, Report } from '../model.ts';
import { findingMarkup } from './html-finding.ts';
import { matrixMarkup } from './html-matrix.ts';
import { script } from './html-script.ts';
import { style } from './html-style.ts';
import { breakable, type Markup, markup, trusted } from './markup.ts';
import { type Matrix, matrixOf, systemOf } from './matrix.ts';
import type { ReporterOptions } from './reporters.ts';
import { calledOf, openFindings, timeOf, verdictOf, workOf } from './wording.ts';

/**
 * One page that needs no other file and no network: findings with filters, the written line
 * beside what became of it, and the systems in each environment. Its content security policy
 * lets run the page's own program alone.
 */
export function html(report: Report, options: ReporterOptions): string {
  const matrix = matrixOf(report);
  const systems = systemsByTarget(report);
  const { open, suppressed } = openFindings(report);
  const worst = (['error', 'warning', 'note'] as const).find((severity) =>
    open.some((finding) => finding.severity === severity),
  );
  const verdict = verdictOf(open) + (suppressed > 0 ? `, ${suppressed} suppressed` : '');
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>presync: ${verdict}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#findings">To the findings</a>
<header>
<h1><span class="name">presync</span> <span class="verdict ${worst ?? 'clean'}">${verdict}</span></h1>
<p class="quiet">${workOf(report)}, ${timeOf(report.summary.durationMs)}</p>
</header>
<main>
${matrixMarkup(matrix)}
${report.findings.length > 0 ? filters(report, matrix, suppressed) : undefined}
<div id="findings">
${filesOf(report, (finding) => findingMarkup(finding, options, attributesOf(finding, matrix, systems)))}
</div>
${unchecked(report)}
</main>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return page.html;
}

/** Nothing is loaded, and nothing runs or paints but what stands here. */
function policy(): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function systemsByTarget({ targets }: Report): ReadonlyMap<string, string> {
  return new Map(targets.map((target) => [calledOf(target), systemOf(target)]));
}

/** What the filters look at: places in lists, which no name can break. */
function attributesOf(
  { clusters, targets }: Finding,
  matrix: Matrix,
  systems: ReadonlyMap<string, string>,
): { readonly clusters: string; readonly systems: string } {
  const names = new Set(targets.map((target) => systems.get(target) ?? ''));
  const indices = (list: readonly string[], chosen: ReadonlySet<string>) =>
    list.flatMap((name, index) => (chosen.has(name) ? index : [])).join(' ');
  return {
    clusters: indices(matrix.clusters, new Set(clusters)),
    systems: indices(matrix.systems, names),
  };
}

function filesOf(report: Report, tell: (finding: Finding) => Markup): Markup[] {
  const byFile = Map.groupBy(report.findings, ({ location }) => location.file);
  return [...byFile].map(
    ([file, findings]) => markup`<section class="file"><h2>${breakable(file || 'everywhere')}</h2>
${findings.map(tell)}</section>
`,
  );
}

function filters(report: Report, { clusters, systems }: Matrix, suppressed: number): Markup {
  const rules = [...new Set(report.findings.map(({ rule }) => rule))].sort();
  const byIndex = (names: readonly string[]) =>
    names.map((name, index) => ({ value: `${index}`, name }));
  const byName = (names: readonly string[]) => names.map((name) => ({ value: name, name }));
  const count = report.findings.length - suppressed;
  return markup`<form id="filters" role="search" aria-label="Findings">
${choice('severity', 'Severity', byName(['error', 'warning', 'note']))}
${choice('cluster', 'Cluster', byIndex(clusters))}
${choice('system', 'App', byIndex(systems))}
${choice('rule', 'Rule', byName(rules))}
<label>Text <input id="text" type="search" autocomplete="off" placeholder="message, file, object"></label>
${suppressed > 0 ? markup`<label class="tick"><input id="suppressed" type="checkbox"> suppressed</label>` : undefined}
<button type="reset">Show all</button>
<output id="count" aria-live="polite">${count} of ${count}</output>
</form>
<p id="none" class="quiet" hidden>No finding with these filters.</p>
`;
}

function choice(id: string, label: string, options: readonly { value: string; name: string }[]) {
  return markup`<label>${label} <select id="${id}"><option value="">all</option>${options.map(
    ({ value, name }) => markup`<option value="${value}">${name}</option>`,
  )}</select></label>`;
}

function unchecked({ notChecked }: Report): Markup | undefined {
  if (notChecked.length === 0) return undefined;
  const kinds = notChecked.map((kind) => markup`<li><code>${kind}</code></li>`);
  return markup`<details class="unchecked"><summary>${notChecked.length} kinds not checked, for want of a schema</summary><ul>${kinds}</ul></details>`;
}
