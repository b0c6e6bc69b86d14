import type { GraphNode } from './graph.ts';
import type { Trace } from './trace.ts';

/** The kustomizations that act on an object, the innermost first. */
export function nodesAround({ plot, origin }: Pick<Trace, 'plot' | 'origin'>): GraphNode[] {
  const nodes = [...plot.graph.nodes.values()].sort((a, b) => a.order - b.order);
  return origin ? nodes.filter(({ scope }) => scope.has(origin.document.file)) : nodes;
}
