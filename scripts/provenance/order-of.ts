import type { SourceDocument } from './source-document.ts';
import type { Trace } from './trace.ts';

/** A patch acts when the last kustomization that names it does. */
export function orderOf({ plot }: Trace, { file }: SourceDocument): number {
  const own = plot.graph.nodes.get(file);
  if (own) return own.order;
  const users = [...plot.graph.nodes.values()].filter((node) =>
    node.patches.some((entry) => entry.file === file),
  );
  return Math.max(-1, ...users.map(({ order }) => order));
}
