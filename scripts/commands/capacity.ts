import { type CapacityTable, capacityOf, type ResourceRow } from '../capacity/table.ts';
import { tableText } from '../capacity/table-text.ts';
import { discover } from '../discover/discover.ts';
import type { Cluster, ClusterView, Rendered } from '../model.ts';
import { render } from '../render/render.ts';
import { printable } from '../shared/text.ts';
import { type Command, defineCommand, exitCodes } from './command.ts';
import { chooseRepository, repositoryOptions } from './repository-options.ts';

export const capacity: Command = defineCommand({
  usage: 'capacity [options] [path ...]',
  summary: 'Tell what each namespace uses at minimum and maximum scale, and its quota.',
  options: {
    json: { type: 'boolean', help: 'print JSON, amounts in cores, bytes and counts' },
    ...repositoryOptions,
  },
  examples: ['presync capacity --cluster prod', 'presync capacity overlays/prod/pdf-processor'],

  async run(values, paths, terminal) {
    const choice = await chooseRepository(values, paths, terminal);
    const discovery = discover({ ...choice, only: choice.paths, given: [] });
    const { root, sources, targets, clusters } = discovery;
    const { rendered } = await render(targets, {
      root,
      sources,
      allowed: choice.allowed,
      onProgress: (done, total) => terminal.progress(`rendered ${done} of ${total} targets`),
    });
    terminal.progress('');
    const tables = viewsOf(clusters, rendered).flatMap(capacityOf);
    terminal.print(values.json ? jsonOf(tables) : tableText(tables));
    const failures = rendered.flatMap(({ target, failures }) =>
      failures.map(({ location: { file, line }, message }) => {
        return `${file}:${line}: ${message}, so ${target.path} is not counted`;
      }),
    );
    for (const failure of failures) terminal.warn(`${printable(failure)}\n`);
    for (const { target } of rendered) {
      if (!target.changedBy) continue;
      const by = target.changedBy.join(', ');
      terminal.warn(
        `${printable(`${target.path} is not counted: ${by} changes it when synced`)}\n`,
      );
    }
    return failures.length > 0 ? exitCodes.findings : exitCodes.clean;
  },
});

/** What lands in each cluster, and last what no cluster is known to sync. */
function viewsOf(clusters: readonly Cluster[], rendered: readonly Rendered[]): ClusterView[] {
  const views = clusters.map(
    (cluster): ClusterView => ({
      cluster,
      rendered: rendered.filter(({ target }) => target.clusters.includes(cluster.name)),
    }),
  );
  return [...views, { rendered: rendered.filter(({ target }) => target.clusters.length === 0) }];
}

function jsonOf(tables: readonly CapacityTable[]): string {
  const clusters = Map.groupBy(tables, ({ cluster }) => cluster);
  const report = {
    version: 1,
    clusters: [...clusters].map(([name, own]) => ({
      name,
      namespaces: own
        .filter(({ namespace }) => namespace !== undefined)
        .map(({ namespace, rows, scoped }) => ({
          name: namespace,
          resources: rows.map(resourceOf),
          scopedQuotas: scoped.map(({ quota, line }) => {
            const { min, max, hard } = line;
            const amounts = { min: plain(min), max: plain(max), hard: plain(hard) };
            return { quota, resource: line.name, ...amounts };
          }),
        })),
      ...totalOf(own.find(({ namespace }) => namespace === undefined)),
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function totalOf(total: CapacityTable | undefined) {
  return { total: total?.rows.map(resourceOf) ?? [], chartsNotCounted: total?.charts ?? 0 };
}

function resourceOf({ name, min, max, rollout, perNode, quota }: ResourceRow) {
  return {
    name,
    min: plain(min),
    max: plain(max),
    rollout: plain(rollout),
    perNode: plain(perNode),
    ...(quota && { quota: { name: quota.name, hard: plain(quota.hard) } }),
  };
}

/** Billionths as a number; beyond 2^53 of them JSON could not be more exact. */
function plain(amount: bigint): number {
  return Number(amount) / 1e9;
}
