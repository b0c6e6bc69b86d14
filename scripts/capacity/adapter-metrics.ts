import { items } from '../kubernetes/faults.ts';
import { listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { re2 } from '../shared/re2.ts';

/** Which metrics a prometheus-adapter serves. */
export interface ServedMetrics {
  readonly names: ReadonlySet<string>;
  /** Whether there may be more: what series there are is not known. */
  readonly open: boolean;
}

/**
 * The metrics that the rules of a prometheus-adapter chart serve.
 *
 * @param values the chart's values
 * @param kind `custom` for metrics of pods and objects, `external` for the others
 */
export function servedMetrics(values: unknown, kind: 'custom' | 'external'): ServedMetrics {
  const rules = items(valueAt(values, ['rules', kind]), []).map(([rule]) => nameOf(rule));
  const names = rules.filter((name) => name !== undefined);
  // The chart's own rules serve whatever has a namespace and a pod, unless they are taken out.
  const hasDefaults = kind === 'custom' && valueAt(values, ['rules', 'default']) !== false;
  const isElsewhere = Boolean(valueAt(values, ['rules', 'existing']));
  const open = hasDefaults || isElsewhere || names.length < rules.length;
  return { names: new Set(names), open };
}

/** The one metric that a rule makes; undefined when it depends on the series there are. */
function nameOf(rule: unknown): string | undefined {
  const as = textAt(rule, ['name', 'as']);
  if (as !== undefined && as !== '' && !as.includes('$')) return as;
  const query = textAt(rule, ['seriesQuery']) ?? '';
  const series = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{|$)/.exec(query)?.[1];
  const matches = textAt(rule, ['name', 'matches']) ?? '';
  if (series === undefined || listAt(rule, ['seriesFilters']).length > 0) return undefined;
  if (matches === '' && !as) return series;
  return renamed(series, matches, as ?? '');
}

/** As the adapter renames: `as` is the first group, or the whole, when it is left out. */
function renamed(series: string, matches: string, as: string): string | undefined {
  try {
    const matcher = re2()
      .compile(matches === '' ? '.*' : matches)
      .matcher(series);
    if (!matcher.find()) return undefined;
    const pattern = as === '' ? (matcher.groupCount() > 0 ? '$1' : '$0') : as;
    return pattern.replaceAll(/\$(?:\{(\d{1,2})\}|(\d{1,2}))/g, (_, braced, bare) => {
      const index = Number(braced ?? bare);
      return index <= matcher.groupCount() ? (matcher.group(index) ?? '') : '';
    });
  } catch {
    return undefined;
  }
}
