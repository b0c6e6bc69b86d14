import { counted, printable, wrap } from '../shared/text.ts';
import { amountText } from './amount-text.ts';
import type { CapacityTable, ResourceRow } from './table.ts';

const columns = ['minimum', 'maximum', 'rollout', 'quota', 'used'];
const widths = [10, 10, 10, 10, 7];

/** Tables for people, at most 80 columns wide; a cluster's total only where it adds something. */
export function tableText(tables: readonly CapacityTable[]): string {
  const counts = Map.groupBy(tables, ({ cluster }) => cluster);
  return tables
    .filter(
      ({ cluster, namespace }) => namespace !== undefined || (counts.get(cluster) ?? []).length > 2,
    )
    .map(textOf)
    .join('\n');
}

function textOf({ cluster, namespace, rows, scoped, charts = 0 }: CapacityTable): string {
  const title =
    namespace === undefined ? `${cluster}, together` : `${cluster}, namespace ${namespace || '-'}`;
  const width = Math.max(24, ...rows.map(({ name }) => name.length + 2));
  const perNode = rows.filter((row) => row.perNode > 0n);
  const lines = [
    `${''.padEnd(width)}${cells(columns)}`,
    ...rows.map((row) => `  ${row.name.padEnd(width - 2)}${cells(cellsOf(row))}`),
    ...(perNode.length > 0 ? wrapped(`DaemonSets add for every node: ${listOf(perNode)}`) : []),
    ...(charts > 0
      ? [`  Without the pods of ${counted(charts, 'Helm chart')}, which Git does not show.`]
      : []),
    ...scoped.map(({ quota, line }) => {
      const { name, hard, min, max } = line;
      const text = (amount: bigint) => amountText(name, amount);
      return `  quota ${quota} counts ${name} ${text(min)} to ${text(max)} of ${text(hard)}${percent(max, hard)}`;
    }),
  ];
  return `${[title, ...lines].map((line) => printable(line.trimEnd())).join('\n')}\n`;
}

function cellsOf({ name, min, max, rollout, quota }: ResourceRow): string[] {
  const amounts = [min, max, rollout].map((amount) => amountText(name, amount));
  return quota ? [...amounts, amountText(name, quota.hard), share(max, quota.hard)] : amounts;
}

function cells(texts: readonly string[]): string {
  return texts.map((text, index) => ` ${text.padStart((widths[index] ?? 10) - 1)}`).join('');
}

/** Rounded up, so that 100% is never shown of what does not fit. */
function share(used: bigint, hard: bigint): string {
  if (hard === 0n) return used === 0n ? '0%' : 'over';
  return `${(used * 100n + hard - 1n) / hard}%`;
}

function percent(used: bigint, hard: bigint): string {
  return `, ${share(used, hard)}`;
}

function listOf(rows: readonly ResourceRow[]): string {
  return rows.map(({ name, perNode }) => `${name} ${amountText(name, perNode)}`).join(', ');
}

function wrapped(text: string): string[] {
  return wrap(text, 76).map((line) => `  ${line}`);
}
