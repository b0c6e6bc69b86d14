import type { Manifest } from '../model.ts';
import type { Description } from './description.ts';
import { type Json, layOut } from './panels.ts';
import { healthRow, requestsRow, workloadRow } from './rows.ts';
import { scalingRow, storageRow } from './scaling-rows.ts';
import { factsOf } from './workloads.ts';

/**
 * A Grafana dashboard of what a target renders to, with the rows of its own description;
 * undefined when there is nothing to draw. The same input gives the same dashboard, and a
 * panel keeps its id.
 */
export function dashboardOf(
  manifests: readonly Manifest[],
  description: Description,
): Json | undefined {
  const facts = factsOf(manifests);
  const { uid, title, text } = description;
  const rows = [
    ...healthRow(facts),
    ...requestsRow(facts),
    ...description.rows,
    ...scalingRow(facts),
    ...facts.workloads.map((workload) => workloadRow(workload)),
    ...storageRow(facts),
  ].filter(({ panels }) => panels.length > 0);
  if (rows.length === 0) return undefined;
  return {
    uid,
    title,
    description: text,
    tags: [uid],
    schemaVersion: 39,
    editable: false,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    templating: {
      list: [
        // Each environment is a cluster with a Prometheus of its own.
        { name: 'datasource', label: 'Environment', type: 'datasource', query: 'prometheus' },
        choice('namespace', 'Namespace', facts.namespaces, false),
        ...(facts.services.length > 0 ? [choice('service', 'Service', facts.services, true)] : []),
      ],
    },
    annotations: { list: [] },
    panels: layOut(rows),
  };
}

/** A variable with one of a few values, or with all of them. */
function choice(name: string, label: string, values: readonly string[], multi: boolean): Json {
  const [first = ''] = values;
  const all = { text: ['All'], value: ['$__all'] };
  return {
    name,
    label,
    type: 'custom',
    query: values.join(','),
    multi,
    includeAll: multi,
    current: multi ? all : { text: first, value: first },
    options: values.map((value) => ({
      text: value,
      value,
      selected: !multi && value === first,
    })),
  };
}
