import { createHash } from 'node:crypto';

/** A line, or several, of a panel. */
export interface Query {
  /** What the line is called, with labels as `{{pod}}`. */
  readonly legend: string;
  /** PromQL. */
  readonly expression: string;
}

/** What a panel shows; where it stands comes later. */
export interface Panel {
  readonly title: string;
  readonly text: string;
  /** Grafana's id of the unit, such as `s` or `percentunit`. */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Numbers instead of lines. */
  readonly isNumber?: boolean;
}

/** Panels side by side below a title. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A part of a dashboard as Grafana has it. */
export type Json = Readonly<Record<string, unknown>>;

/**
 * The data source that the viewer chooses. Without braces on purpose: Flux replaces
 * `${...}` in what it applies.
 */
const datasource = { type: 'prometheus', uid: '$datasource' };

const columns = 24;
const height = 8;

/** Rows of panels in Grafana's grid, one below the other. */
export function layOut(rows: readonly Row[]): Json[] {
  const ids = new Set<number>();
  let y = 0;
  return rows.flatMap((row) => {
    const head = { id: idFor(row.title, ids), type: 'row', title: row.title, collapsed: false };
    const top = { ...head, gridPos: { x: 0, y, w: columns, h: 1 }, panels: [] };
    y += 1;
    const lines = inLines(row.panels);
    const panels = lines.flatMap((line) => {
      const w = columns / line.length;
      const laid = line.map((panel, index) => {
        const id = idFor(`${row.title}/${panel.title}`, ids);
        return toJson(panel, id, { x: index * w, y, w, h: height });
      });
      y += height;
      return laid;
    });
    return [top, ...panels];
  });
}

/** At most four in a line, and lines as even as they can be. */
function inLines(panels: readonly Panel[]): Panel[][] {
  const lines = Math.ceil(panels.length / 4);
  return Array.from({ length: lines }, (_, index) =>
    panels.slice(
      Math.ceil((index * panels.length) / lines),
      Math.ceil(((index + 1) * panels.length) / lines),
    ),
  );
}

/** The same for the same name, so that links to a panel outlive a panel before it. */
function idFor(name: string, taken: Set<number>): number {
  let id = (createHash('sha256').update(name).digest().readUInt32BE() % 1_000_000) + 1;
  while (taken.has(id)) id += 1;
  taken.add(id);
  return id;
}

function toJson({ title, text, unit, queries, isNumber }: Panel, id: number, gridPos: Json): Json {
  return {
    id,
    type: isNumber ? 'stat' : 'timeseries',
    title,
    description: text,
    datasource,
    gridPos,
    fieldConfig: {
      defaults: { unit, min: 0, ...(isNumber ? {} : { custom: lines }) },
      overrides: [],
    },
    options: isNumber ? numbers : legends,
    targets: queries.map(({ legend, expression }, index) => ({
      refId: refIdOf(index),
      datasource,
      expr: expression.trim(),
      legendFormat: legend,
    })),
  };
}

const lines = { drawStyle: 'line', fillOpacity: 10, lineWidth: 1, showPoints: 'never' };

const legends = {
  legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
  tooltip: { mode: 'multi', sort: 'desc' },
};

const numbers = {
  colorMode: 'value',
  graphMode: 'area',
  textMode: 'value_and_name',
  reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
};

/** A to Z, then AA. */
function refIdOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : refIdOf(Math.floor(index / 26) - 1) + letter;
}
