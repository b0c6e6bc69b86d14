import type { GraphNode } from './graph.ts';
import type { Trace } from './trace.ts';

/** The kustomizations that act on an object, the innermost first. */
export function nodesAround(trace: Trace): readonly GraphNode[] {
  const before = known.get(trace);
  if (before) return before;
  const { plot, origin } = trace;
  const all = [...plot.graph.nodes.values()].sort((a, b) => a.order - b.order);
  const nodes = origin ? all.filter(({ scope }) => scope.has(origin.document.file)) : all;
  known.set(trace, nodes);
  return nodes;
}

/** Asked for with every field of an object. */
const known = new WeakMap<Trace, readonly GraphNode[]>();
