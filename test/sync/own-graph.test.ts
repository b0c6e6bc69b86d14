import { beforeAll, expect, test } from 'vitest';
import { discover } from '../../scripts/discover/discover.ts';
import { render } from '../../scripts/render/render.ts';
import type { SyncGraph } from '../../scripts/sync/sync-graph.ts';
import { syncGraphOf } from '../../scripts/sync/sync-graph-of.ts';
import { copyRepository } from '../repository.ts';

let graph: SyncGraph;
let overlays: readonly string[];

beforeAll(async () => {
  const { root, targets, sources, clusters, files } = discover({
    root: copyRepository(),
    only: [],
    ignore: [],
    clusters: [],
    allowed: new Set(),
    given: [],
  });
  const { rendered } = await render(targets, { root, sources });
  graph = syncGraphOf({ sources, clusters, rendered, files });
  overlays = targets
    .map(({ target }) => target.path)
    .filter((path) => path.startsWith('overlays/'));
});

test('each engine of a cluster applies every overlay of its environment exactly once', () => {
  for (const { cluster, units } of graph.clusters) {
    for (const engine of ['argocd', 'flux'] as const) {
      const applied = units.filter((one) => one.engine === engine).flatMap((one) => one.targets);
      const wanted = overlays.filter(
        (path) =>
          path.startsWith(`overlays/${cluster.environment}/`) &&
          !/controllers\/(argocd|flux)$/.test(path),
      );
      expect(wanted.length).toBeGreaterThan(4);
      for (const path of wanted) {
        expect(
          applied.filter((one) => one === path),
          `${cluster.name} ${engine} ${path}`,
        ).toHaveLength(1);
      }
      expect(applied).toContain(`overlays/${cluster.environment}/platform/controllers/${engine}`);
    }
  }
});

test('nothing in our wiring is unclear', () => {
  for (const { units, problems, sources } of graph.clusters) {
    expect(problems).toEqual([]);
    expect(units.filter(({ declared }) => declared.also.length > 0)).toEqual([]);
    const charts = units.filter(({ release }) => release);
    expect(charts.length).toBeGreaterThan(10);
    expect(charts.filter(({ release }) => !release?.contents)).toEqual([]);
    expect(sources.filter(({ kind, isOwn }) => kind === 'GitRepository' && !isOwn)).toEqual([]);
  }
});

test('both engines install the same charts at the same versions', () => {
  for (const { units } of graph.clusters) {
    const versions = (engine: string) =>
      units
        .filter((one) => one.engine === engine)
        .flatMap(({ sources }) => sources)
        .filter(({ kind }) => kind === 'chart')
        .map(({ chart, revision }) => `${chart} ${revision.value}`)
        .sort();
    expect(versions('flux')).toEqual(versions('argocd'));
  }
});
