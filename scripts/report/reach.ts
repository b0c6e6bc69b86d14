import type { Finding } from '../model.ts';

/** More places by name than this say less than their number. */
const mostNamed = 6;

/**
 * Where a finding applies, without leaving anything out: `overlays/dev/api, also in prod,
 * staging` for one app, `overlays/prod/api and 7 more targets in prod, staging` for several.
 */
export function reachOf({ targets, clusters }: Pick<Finding, 'targets' | 'clusters'>): string {
  const [first, ...others] = targets;
  if (first === undefined) return clusters.join(', ');
  const [second, ...more] = others;
  if (second === undefined) return first;
  const elsewhere = onlyDifference(targets, clusters)?.slice(1);
  if (elsewhere && elsewhere.length <= mostNamed)
    return `${first}, also in ${elsewhere.join(', ')}`;
  if (more.length === 0) return `${first}, also in ${second}`;
  return `${first} and ${others.length} more targets${inClusters(targets, clusters)}`;
}

/** An environment is a folder, or what tells two renders of one folder apart. */
function stepsOf(target: string): string[] {
  return target.split(/[/@,]/);
}

/**
 * What stands in the one step that tells the targets apart. A last step that is no cluster is
 * rather the name of an app, and `also in worker` would not be understood.
 */
function onlyDifference(
  targets: readonly string[],
  clusters: readonly string[],
): string[] | undefined {
  const [first = [], ...others] = targets.map(stepsOf);
  const isDifferent = (index: number) => others.some((steps) => steps[index] !== first[index]);
  const [at, ...more] = first.map((_, index) => index).filter(isDifferent);
  if (at === undefined || more.length > 0) return undefined;
  if (others.some(({ length }) => length !== first.length)) return undefined;
  const values = [first, ...others].map((steps) => steps[at] ?? '');
  const areClusters = values.every((value) => clusters.includes(value));
  return areClusters || at < first.length - 1 ? values : undefined;
}

/** The clusters, where the name of every target says which of them is its own. */
function inClusters(targets: readonly string[], clusters: readonly string[]): string {
  const isKnown = targets.every((target) =>
    stepsOf(target).some((step) => clusters.includes(step)),
  );
  return isKnown && clusters.length <= mostNamed ? ` in ${clusters.join(', ')}` : '';
}
