import { chartsOf } from '../cluster/charts.ts';
import type { ClusterView } from '../model.ts';
import type { Contents } from './contents.ts';
import { type CountedNamespace, namespacesOf } from './namespaces.ts';
import type { QuotaLine } from './quotas.ts';
import { useOf } from './uses.ts';

/** How much of one resource is used, in billionths. */
export interface ResourceRow {
  /** As a quota names it, such as `requests.cpu`. */
  readonly name: string;
  readonly min: bigint;
  readonly max: bigint;
  /** At maximum scale, while every Deployment rolls that must add pods before it takes any. */
  readonly rollout: bigint;
  /** What DaemonSets add for every node; not part of the others. */
  readonly perNode: bigint;
  /** The tightest quota; absent in totals and where there is none. */
  readonly quota?: { readonly name: string; readonly hard: bigint };
}

/** A namespace's rows, or those of a whole cluster. */
export interface CapacityTable {
  readonly cluster: string;
  /** Absent for the total of the cluster. */
  readonly namespace?: string;
  readonly rows: readonly ResourceRow[];
  /** Lines of quotas that count only some of the pods. */
  readonly scoped: readonly { readonly quota: string; readonly line: QuotaLine }[];
  /** Helm charts in the cluster, whose pods Git does not show; absent for namespaces. */
  readonly charts?: number;
}

/** A table for each namespace with pods, claims or a quota, and last the total of each cluster. */
export function capacityOf(view: ClusterView): CapacityTable[] {
  const counted = namespacesOf(view).filter(isWorthTelling);
  const byLanding = Map.groupBy(counted, ({ landing }) => landing.name);
  return [...byLanding].flatMap(([cluster, namespaces]) => {
    const tables = namespaces.map((one) => tableOf(cluster, one));
    const rows = totalOf(tables.flatMap((one) => one.rows));
    const manifests = namespaces[0]?.landing.manifests ?? [];
    // Two engines may install the same one.
    const charts = new Set(manifests.flatMap(chartsOf).map(({ name }) => name)).size;
    return [...tables, { cluster, rows, scoped: [], charts }];
  });
}

function isWorthTelling({ contents, quotas }: CountedNamespace): boolean {
  return contents.pods.length + contents.claims.length + quotas.length > 0;
}

function tableOf(
  cluster: string,
  { namespace, contents, quotas }: CountedNamespace,
): CapacityTable {
  const isScoped = ({ data }: { readonly data: Contents['manifests'][number]['data'] }) => {
    const spec = (data.spec ?? {}) as { scopes?: unknown; scopeSelector?: unknown };
    return spec.scopes !== undefined || spec.scopeSelector !== undefined;
  };
  const whole = quotas.filter(({ quota }) => !isScoped(quota));
  const lines = whole.flatMap((one) => one.lines.map((line) => ({ quota: one.quota.name, line })));
  const names = new Set([...namesOf(contents), ...lines.map(({ line }) => longName(line.name))]);
  return {
    cluster,
    namespace: namespace ?? '',
    rows: [...names].map((name) => {
      const { min, max, perNode, surges } = useOf(name, contents);
      const [tightest] = lines
        .filter(({ line }) => longName(line.name) === name)
        .sort((a, b) => (a.line.hard < b.line.hard ? -1 : 1));
      return {
        name,
        min,
        max,
        rollout: surges.reduce((sum, { amount }) => sum + amount, max),
        perNode,
        ...(tightest && { quota: { name: tightest.quota, hard: tightest.line.hard } }),
      };
    }),
    scoped: quotas
      .filter(({ quota }) => isScoped(quota))
      .flatMap((one) => one.lines.map((line) => ({ quota: one.quota.name, line }))),
  };
}

const usual = ['pods', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];

/** What every namespace is told of, and what its own containers ask for besides. */
function namesOf({ pods, claims }: Contents): string[] {
  const special = pods.flatMap(({ requests }) => [...requests.keys()].map(inQuota));
  const storage = claims.length > 0 ? ['requests.storage'] : [];
  return [...usual, ...storage, ...new Set(special.filter((name) => !usual.includes(name)))];
}

function inQuota(resource: string): string {
  return `requests.${resource}`;
}

/** Quotas know two names for these. */
function longName(name: string): string {
  return ['cpu', 'memory', 'ephemeral-storage'].includes(name) ? inQuota(name) : name;
}

function totalOf(rows: readonly ResourceRow[]): ResourceRow[] {
  const summed = rows.filter(({ name }) => name === 'pods' || /^(requests|limits)\./.test(name));
  return [...Map.groupBy(summed, ({ name }) => name)].map(([name, own]) => ({
    name,
    min: own.reduce((sum, { min }) => sum + min, 0n),
    max: own.reduce((sum, { max }) => sum + max, 0n),
    rollout: own.reduce((sum, { rollout }) => sum + rollout, 0n),
    perNode: own.reduce((sum, { perNode }) => sum + perNode, 0n),
  }));
}
