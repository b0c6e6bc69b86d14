import { describe } from '../../kubernetes/manifests.ts';
import type { Engine, Problem, RepositoryRule } from '../../model.ts';
import { type Deployed, deployedBy, differenceOf } from '../../sync/engine-parity.ts';
import { foldersOf } from '../../sync/own-repositories.ts';
import { placeOf } from '../../sync/place-of.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';
import { isUnseen } from '../../sync/unseen.ts';

export const enginesAgree: RepositoryRule = {
  id: 'sync/engines-agree',
  scope: 'repository',
  severity: 'error',
  summary: 'Argo CD and Flux would deploy the same to a cluster that is wired for both.',
  why: 'The wiring that is not live is what the cluster changes over to, and nobody sees that it fell behind until then.',
  fix: 'Bring both in step: the same paths, revisions, charts, versions and namespaces.',
  docs: 'https://fluxcd.io/flux/components/kustomize/kustomizations/',

  *check(repository) {
    const folders = foldersOf(repository.files);
    const isLost = ({ source }: Deployed): boolean =>
      source.kind === 'git' && source.path !== undefined && !folders.has(source.path);
    for (const sync of syncGraphOf(repository).clusters) {
      // Who names the live engine keeps the other in step; without that, both may have a part each.
      if (!sync.cluster.engine) continue;
      const both = [deployedBy('argocd', sync), deployedBy('flux', sync)];
      // A path that does not exist is told once, and not again as one that the other lacks.
      const lost = new Set(
        both
          .flat()
          .filter(isLost)
          .map(({ unit }) => unit.name),
      );
      const [argo = [], flux = []] = both.map((all) =>
        all.filter((one) => !lost.has(one.unit.name)),
      );
      if (argo.length === 0 || flux.length === 0) continue;
      // What was not rendered, as when only a part was asked for, may deploy what seems missing.
      const isSeen = (engine: Engine) =>
        sync.units.every((unit) => unit.engine !== engine || !isUnseen(unit, repository.files));
      if (isSeen('flux')) yield* missing(argo, flux, 'flux');
      if (isSeen('argocd')) yield* missing(flux, argo, 'argocd');
      // Of a pair one is told, by the side whose revision stands in the unit itself.
      yield* differences(argo, flux);
    }
  },
};

const titles: Readonly<Record<Engine, string>> = { argocd: 'Argo CD', flux: 'Flux' };

function* differences(own: readonly Deployed[], others: readonly Deployed[]): Generator<Problem> {
  for (const one of own) {
    const same = others.filter(({ key }) => key === one.key);
    const all = same.map((other) => differenceOf(one, other));
    const [difference] = all;
    if (!difference || all.includes(undefined)) continue;
    yield {
      ...placeOf(one.unit, difference.at),
      message: `${describe(one.unit)} deploys ${one.what} ${difference.text}`,
    };
  }
}

function* missing(
  own: readonly Deployed[],
  others: readonly Deployed[],
  engine: Engine,
): Generator<Problem> {
  const known = new Set(others.map(({ key }) => key));
  for (const { unit, key, what, at } of own) {
    if (known.has(key)) continue;
    yield {
      ...placeOf(unit, at),
      message: `${describe(unit)} deploys ${what}, and nothing of ${titles[engine]} does`,
    };
  }
}
