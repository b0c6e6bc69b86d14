import { counted } from '../shared/text.ts';
import type { PlanReport, ReportedPlan, ReportedStep, ReportedUnit } from './plan-report.ts';
import { type Branch, treeText } from './tree-text.ts';

const titles = { argocd: 'Argo CD', flux: 'Flux' } as const;

/** The plans as trees: each engine of each cluster, its stages, and what is in each of them. */
export function planText({ plans }: PlanReport, columns: number): string {
  if (plans.length === 0) return 'No cluster here is synced by Argo CD or Flux.\n';
  return plans.map((plan) => treeText([branchOf(plan)], columns)).join('\n');
}

function branchOf(plan: ReportedPlan): Branch {
  const { cluster, engine, live, complete, units } = plan;
  const objects = units.reduce((sum, unit) => sum + countObjects(unit), 0);
  const facts = [
    ...(live ? [] : ['not live']),
    counted(units.length, 'unit'),
    counted(objects, 'object'),
    ...(complete ? [] : ['not all that it brings is known']),
  ];
  return { text: `${cluster}, ${titles[engine]}: ${facts.join(', ')}`, below: stages(plan) };
}

function stages({ units }: ReportedPlan): Branch[] {
  const byParent = Map.groupBy(units, ({ parent }) => parent);
  const names = new Map(units.map((unit) => [unit.id, unit.name]));
  const seen = new Set<string>();
  const top = below();
  // What applies each other is below nothing.
  const rest = units.filter(({ id }) => !seen.has(id)).map((unit) => unitBranch(unit, undefined));
  return [...top, ...rest];

  function below(parent?: ReportedUnit): Branch[] {
    const children = byParent.get(parent?.id) ?? [];
    if (children.length === 0) return [];
    if (parent?.kind === 'Application') return waves(parent, children);
    const rounds = [...Map.groupBy(children, ({ stage }) => stage)];
    return rounds.flatMap(([stage, round]) => {
      const shared = sharedWait(round);
      const branches = round.map((unit) => unitBranch(unit, shared));
      // A single round needs no line of its own.
      if (rounds.length === 1) return branches;
      return {
        text: `stage ${stage}${shared ? `, after ${listed(shared)}` : ''}`,
        below: branches,
      };
    });
  }

  function waves({ steps }: ReportedUnit, children: readonly ReportedUnit[]): Branch[] {
    const others = Object.entries(objectsBeside(steps)).map(([wave, text]) => ({
      wave: Number(wave),
      text,
    }));
    const all = new Set([...others, ...children].map(({ wave = 0 }) => wave));
    return [...all]
      .sort((a, b) => a - b)
      .map((wave): Branch => {
        const beside = others.find((one) => one.wave === wave);
        const round = children.filter((one) => (one.wave ?? 0) === wave);
        return {
          text: `wave ${wave}${beside ? `: ${beside.text}` : ''}`,
          below: round.map((unit) => unitBranch(unit, unit.waitsFor)),
        };
      });
  }

  function unitBranch(unit: ReportedUnit, told: readonly string[] | undefined): Branch {
    const text = tell(unit, told ? [] : unit.waitsFor.map((id) => names.get(id) ?? id));
    if (seen.has(unit.id)) return { text: unit.name, below: [] };
    seen.add(unit.id);
    return { text, below: below(unit) };
  }

  function listed(ids: readonly string[]): string {
    return ids.map((id) => names.get(id) ?? id).join(', ');
  }
}

/** What all of a round wait for, when that is the same. */
function sharedWait(round: readonly ReportedUnit[]): readonly string[] | undefined {
  const [first] = round;
  if (!first || first.waitsFor.length === 0) return undefined;
  const isShared = round.every(({ waitsFor }) => waitsFor.join('\n') === first.waitsFor.join('\n'));
  return isShared ? first.waitsFor : undefined;
}

/** What is applied in each wave besides Applications: `10 AppProject`. */
function objectsBeside(steps: readonly ReportedStep[]): Record<number, string> {
  const told = steps.map(({ wave, objects }) => {
    const others = Object.entries(objects).filter(([kind]) => kind !== 'Application');
    return [wave, others.map(([kind, count]) => `${count} ${kind}`).join(', ')] as const;
  });
  return Object.fromEntries(told.filter(([, text]) => text !== ''));
}

function tell(unit: ReportedUnit, waitsFor: readonly string[]): string {
  const { name, kind, sources, steps, chart } = unit;
  const objects = countObjects(unit);
  const waves = steps.filter(({ phase }) => phase === 1).map(({ wave }) => wave);
  const isWaved = kind === 'Application' && waves.length > 1;
  const facts = [
    ...sources.map((source) => source.replace(`chart ${name} `, 'chart ')),
    ...(objects > 0 ? [counted(objects, 'object')] : []),
    ...(isWaved ? [`waves ${Math.min(...waves)} to ${Math.max(...waves)}`] : []),
    ...(chart && chart.crds > 0 ? [counted(chart.crds, 'CRD')] : []),
    ...(chart && chart.webhooks > 0 ? [counted(chart.webhooks, 'webhook')] : []),
    ...(unit.known ? [] : ['contents not known']),
    ...(waitsFor.length > 0 ? [`after ${waitsFor.join(', ')}`] : []),
    ...(unit.generatedBy ? [`made by ApplicationSet ${unit.generatedBy}`] : []),
    ...gateOf(unit),
  ];
  return `${name}: ${facts.join(', ')}`;
}

function gateOf({ kind, gate, suspended, automated, timeout }: ReportedUnit): string[] {
  if (suspended) return ['suspended'];
  if (!automated) return ['synced by hand'];
  if (kind === 'Application') return gate === 'created' ? ['not waited for'] : [];
  return [gate === 'ready' ? `ready${timeout ? ` within ${timeout}` : ''}` : 'does not wait'];
}

/** How many objects a unit applies. */
export function countObjects({ objects }: ReportedUnit): number {
  return Object.values(objects).reduce((sum, count) => sum + count, 0);
}
