import { valueAt } from '../../scripts/kubernetes/fields.ts';
import { blame } from '../../scripts/provenance/blame.ts';
import { leavesOf, type Traced } from './traced.ts';

/** How many fields are set by a kind of source, and of how many that is proven. */
export interface Share {
  readonly fields: number;
  readonly exact: number;
}

/** The share of proven fields by what set them: `resource`, `patch`, `images`, ... */
export function sharesOf({ context, canary }: Traced): Record<string, Share> {
  const shares: Record<string, { fields: number; exact: number }> = {};
  for (const { target, manifests } of context.rendered) {
    if (target.kind !== 'kustomization') continue;
    for (const manifest of manifests) {
      const trace = canary.traceOf(manifest);
      for (const path of leavesOf(manifest.data)) {
        if (!trace || valueAt(manifest.data, path) === undefined) continue;
        const { winners, certainty } = blame(trace, path);
        const by = winners.at(-1)?.by ?? 'nothing';
        shares[by] ??= { fields: 0, exact: 0 };
        shares[by].fields++;
        if (certainty === 'exact') shares[by].exact++;
      }
    }
  }
  return shares;
}

/** One line a kind of source: `images  98.2 % of 55`. */
export function tellShares(shares: readonly Record<string, Share>[]): string {
  const all = Map.groupBy(
    shares.flatMap((one) => Object.entries(one)),
    ([by]) => by,
  );
  return [...all]
    .map(([by, own]) => {
      const fields = own.reduce((sum, [, share]) => sum + share.fields, 0);
      const exact = own.reduce((sum, [, share]) => sum + share.exact, 0);
      return `${by.padEnd(20)} ${((100 * exact) / fields).toFixed(1).padStart(5)} % of ${fields}`;
    })
    .sort()
    .join('\n');
}
