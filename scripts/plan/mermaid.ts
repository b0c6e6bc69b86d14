import type { PlanReport, ReportedPlan, ReportedUnit } from './plan-report.ts';

const titles = { argocd: 'Argo CD', flux: 'Flux' } as const;

/** The plans as a Mermaid flowchart: who applies whom, who waits for whom, and the paths that are synced. */
export function mermaidText({ plans }: PlanReport): string {
  const lines = plans.flatMap((plan, index) => planLines(plan, index));
  return `flowchart LR\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function planLines({ cluster, engine, live, units }: ReportedPlan, index: number): string[] {
  const names = new Map(units.map(({ id }, at) => [id, `p${index}u${at}`]));
  const nameOf = (id: string): string => names.get(id) ?? '';
  const title = `${cluster}, ${titles[engine]}${live ? '' : ', not live'}`;
  return [
    `subgraph p${index}[${quoted(title)}]`,
    ...units.map((unit) => `  ${nameOf(unit.id)}[${label(unit)}]`),
    ...units.flatMap(({ id, parent }) =>
      parent && names.has(parent) ? `  ${nameOf(parent)} --> ${nameOf(id)}` : [],
    ),
    ...units.flatMap(({ id, waitsFor }) =>
      waitsFor
        .filter((one) => names.has(one))
        .map((one) => `  ${nameOf(one)} -.->|then| ${nameOf(id)}`),
    ),
    'end',
  ];
}

function label({ kind, name, sources }: ReportedUnit): string {
  return quoted([`${kind} ${name}`, ...sources].join('\n'));
}

/** Mermaid reads entities in quotes and nothing else there. */
function quoted(text: string): string {
  const safe = text.replaceAll(
    /[^\p{L}\p{N} .,:/@_\n-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
  return `"${safe.replaceAll('\n', '<br/>')}"`;
}
