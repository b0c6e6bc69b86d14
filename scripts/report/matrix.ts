import type { Finding, Report, ReportedTarget, Severity } from '../model.ts';
import { calledOf, openFindings } from './wording.ts';

/** How a system is in one environment. */
export interface Cell {
  readonly findings: readonly Finding[];
  /** The gravest of them; absent when there are none. */
  readonly worst?: Severity;
  /** Whether every target of it could be rendered. */
  readonly rendered: boolean;
}

/** Systems in environments: a cell where something of the system lands in the cluster. */
export interface Matrix {
  readonly systems: readonly string[];
  readonly clusters: readonly string[];
  readonly cells: ReadonlyMap<string, ReadonlyMap<string, Cell>>;
}

/** Folders that say how a repository is laid out and not what is in them. */
const layout: ReadonlySet<string> = new Set([
  'app',
  'apps',
  'base',
  'clusters',
  'deploy',
  'environments',
  'envs',
  'k8s',
  'kubernetes',
  'kustomize',
  'manifests',
  'overlays',
]);

/** What a target is called whatever environment it is for: its path without such folders. */
export function systemOf({ path, clusters }: Pick<ReportedTarget, 'path' | 'clusters'>): string {
  const steps = path.split('/').filter((step) => step !== '' && step !== '.');
  const named = steps.filter((step) => !clusters.includes(step) && !layout.has(step));
  return named.join('/') || path;
}

/** Sorts targets and findings into systems and environments. */
export function matrixOf(report: Pick<Report, 'targets' | 'findings'>): Matrix {
  const { targets } = report;
  const { open } = openFindings(report);
  const findingsOf = new Map<string, Finding[]>();
  for (const finding of open) {
    for (const target of finding.targets) {
      const own = findingsOf.get(target) ?? [];
      own.push(finding);
      findingsOf.set(target, own);
    }
  }
  const cells = new Map<string, Map<string, Cell>>();
  for (const target of targets) {
    const row = cells.get(systemOf(target)) ?? new Map<string, Cell>();
    cells.set(systemOf(target), row);
    for (const cluster of target.clusters) {
      const own = (findingsOf.get(calledOf(target)) ?? []).filter(
        ({ clusters }) => clusters.length === 0 || clusters.includes(cluster),
      );
      row.set(cluster, joined(row.get(cluster), own, target.rendered));
    }
  }
  const systems = [...cells].filter(([, row]) => row.size > 0).map(([system]) => system);
  const clusters = new Set(targets.flatMap((target) => target.clusters));
  return { systems: systems.sort(), clusters: [...clusters].sort(byStage), cells };
}

function joined(cell: Cell | undefined, own: readonly Finding[], rendered: boolean): Cell {
  const findings = [...new Set([...(cell?.findings ?? []), ...own])];
  const worst = (['error', 'warning', 'note'] as const).find((severity) =>
    findings.some((finding) => finding.severity === severity),
  );
  return { findings, ...(worst && { worst }), rendered: rendered && (cell?.rendered ?? true) };
}

const stages: readonly RegExp[] = [/dev/, /test|qa|int/, /stag|uat|pre/, /prod|live/];

/** In the order in which a change travels, as far as the names tell. */
function byStage(a: string, b: string): number {
  const stage = (name: string) => stages.findIndex((pattern) => pattern.test(name));
  return stage(a) - stage(b) || (a < b ? -1 : a > b ? 1 : 0);
}
