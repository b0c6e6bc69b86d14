import { style } from '../report/html-style.ts';
import { breakable, type Markup, markup, trusted } from '../report/markup.ts';
import { counted } from '../shared/text.ts';
import { graphScript } from './graph-script.ts';
import { graphStyle } from './graph-style.ts';
import type { PlanReport, ReportedPlan, ReportedUnit } from './plan-report.ts';
import { countObjects } from './plan-text.ts';

const titles = { argocd: 'Argo CD', flux: 'Flux' } as const;
const hint = 'Choose a unit to see what comes before it and after it.';

/**
 * One page that needs no other file and no network: every unit in its stage, with filters, and what
 * waits for what when one is chosen. Its content security policy lets run its own program alone.
 */
export function graphPage(report: PlanReport): string {
  const looks = style + graphStyle;
  const numbers = new Map<string, number>();
  for (const { cluster, engine, units } of report.plans) {
    for (const { id } of units) numbers.set(`${cluster} ${engine} ${id}`, numbers.size);
  }
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(looks)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>presync: who syncs what</title>
<style>${trusted(looks)}</style>
</head>
<body>
<a class="skip" href="#plans">To the plans</a>
<header><h1><span class="name">presync</span> Who syncs what, and when</h1></header>
<main>
${report.plans.length > 0 ? filters(report, numbers.size) : markup`<p>No cluster here is synced by Argo CD or Flux.</p>`}
<div id="plans">
${report.plans.map((plan) => section(plan, numbers))}
</div>
</main>
<script>${trusted(graphScript)}</script>
</body>
</html>
`.html;
}

function policy(looks: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const own = [`style-src ${hash(looks)}`, `script-src ${hash(graphScript)}`];
  return ["default-src 'none'", ...own, "base-uri 'none'", "form-action 'none'"].join('; ');
}

function filters({ plans }: PlanReport, count: number): Markup {
  const unique = (names: readonly string[]) =>
    [...new Set(names)].map((name) => [name, name] as const);
  const engines = [...new Set(plans.map(({ engine }) => engine))];
  return markup`<form id="filters" role="search" aria-label="Units">
${choice('cluster', 'Cluster', unique(plans.map(({ cluster }) => cluster)))}
${choice(
  'engine',
  'Engine',
  engines.map((engine) => [engine, titles[engine]] as const),
)}
${choice('kind', 'Kind', unique(plans.flatMap(({ units }) => units.map(({ kind }) => kind))))}
<label>Text <input id="text" type="search" autocomplete="off" placeholder="name, path, chart"></label>
<button type="reset">Show all</button>
<output id="count" aria-live="polite">${count} of ${count}</output>
<p id="told" aria-live="polite" data-hint="${hint}">${hint}</p>
</form>`;
}

function choice(
  id: string,
  label: string,
  options: readonly (readonly [string, string])[],
): Markup {
  return markup`<label>${label} <select id="${id}"><option value="">all</option>${options.map(
    ([value, name]) => markup`<option value="${value}">${name}</option>`,
  )}</select></label>`;
}

function section(plan: ReportedPlan, numbers: ReadonlyMap<string, number>): Markup {
  const { cluster, engine, live, complete, units } = plan;
  const byParent = Map.groupBy(units, ({ parent }) => parent);
  const seen = new Set<string>();
  const numberOf = (id: string): number => numbers.get(`${cluster} ${engine} ${id}`) ?? -1;
  const objects = units.reduce((sum, unit) => sum + countObjects(unit), 0);
  const rest = complete ? '' : ', not all that it brings is known';
  return markup`<section><h2>${cluster}, ${titles[engine]}${live ? '' : ' (not live)'}</h2>
<p class="quiet">${counted(units.length, 'unit')}, ${counted(objects, 'object')}${rest}</p>
${below(undefined)}</section>
`;

  function below(parent: string | undefined): Markup | undefined {
    const children = byParent.get(parent)?.filter(({ id }) => !seen.has(id)) ?? [];
    if (children.length === 0) return undefined;
    const stages = [...Map.groupBy(children, ({ stage }) => stage)].map(
      ([stage, round]) => markup`<li class="stage"><p>${stageName(stage, round)}</p>
<ul class="units">${round.map(unitMarkup)}</ul></li>`,
    );
    return markup`<ol class="stages">${stages}</ol>`;
  }

  function unitMarkup(unit: ReportedUnit): Markup {
    seen.add(unit.id);
    const known = unit.waitsFor.map(numberOf).filter((one) => one >= 0);
    return markup`<li class="unit" data-id="${numberOf(unit.id)}" data-waits="${known.join(' ')}" data-cluster="${cluster}" data-engine="${engine}" data-kind="${unit.kind}" data-gate="${unit.gate}">
<button type="button" aria-pressed="false"><strong>${unit.name}</strong><small>${unit.kind}</small>${unit.sources.map(
      (source) => markup`<small>${breakable(source)}</small>`,
    )}<small>${factsOf(unit)}</small><span class="mark is-before">comes before</span><span class="mark is-after">comes after</span></button>
${below(unit.id)}</li>`;
  }
}

function stageName(stage: number, [first]: readonly ReportedUnit[]): string {
  return first?.wave === undefined ? `stage ${stage}` : `wave ${first.wave}`;
}

function factsOf(unit: ReportedUnit): string {
  const objects = countObjects(unit);
  const facts = [
    ...(objects > 0 ? [counted(objects, 'object')] : []),
    ...(unit.chart?.crds ? [counted(unit.chart.crds, 'CRD')] : []),
    ...(unit.chart?.webhooks ? [counted(unit.chart.webhooks, 'webhook')] : []),
    ...(unit.known ? [] : ['contents not known']),
    ...(unit.suspended ? ['suspended'] : []),
    ...(unit.automated ? [] : ['synced by hand']),
    ...(unit.gate === 'ready' || unit.suspended ? [] : ['not waited for']),
  ];
  return facts.join(', ');
}
