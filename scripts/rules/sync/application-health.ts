import { recordAt, textAt } from '../../kubernetes/fields.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { Manifest, RepositoryRule } from '../../model.ts';
import { liveUnits } from '../../sync/applied.ts';
import { placeOf } from '../../sync/place-of.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';
import type { Unit } from '../../sync/unit.ts';
import { wiredManifests } from '../../sync/wired-manifests.ts';

export const applicationHealth: RepositoryRule = {
  id: 'sync/application-health',
  scope: 'repository',
  severity: 'error',
  summary: 'Where Applications have sync waves, Argo CD is told when an Application is healthy.',
  why: 'Since Argo CD 1.8 an Application counts as healthy at once, so that no wave of Applications waits for the one before it.',
  fix: 'Set `resource.customizations.health.argoproj.io_Application` in the ConfigMap argocd-cm.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/health/#argocd-app',

  *check(repository) {
    const wired = wiredManifests(repository);
    for (const sync of syncGraphOf(repository).clusters) {
      const manifests = wired.get(sync.cluster.name) ?? [];
      const units = liveUnits(sync);
      const late = units.find((unit) => isLate(unit, units));
      if (!late || manifests.some(decidesHealth)) continue;
      const config = manifests.find(
        ({ kind, name }) => kind === 'ConfigMap' && name === 'argocd-cm',
      );
      // Argo CD's own chart may take its values from a file, and they are not read here.
      if (!config && manifests.some(installsArgo)) continue;
      yield {
        ...placeOf(late, ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave']),
        message: `wave ${late.wave} of ${describe(late)} waits for no Application before it`,
        // What is not in Git may have been set by hand.
        ...(!config && { severity: 'warning' as const }),
      };
    }
  },
};

/** Whether another Application of the same parent is in an earlier wave. */
function isLate({ kind, parents, wave }: Unit, units: readonly Unit[]): boolean {
  return (
    kind === 'Application' &&
    units.some(
      (one) =>
        one.kind === 'Application' &&
        one.wave < wave &&
        one.parents.some((parent) => parents.includes(parent)),
    )
  );
}

function decidesHealth({ kind, name, data }: Manifest): boolean {
  if (kind === 'ConfigMap' && name === 'argocd-cm') {
    const values = recordAt(data, ['data']);
    return (
      Object.hasOwn(values, 'resource.customizations.health.argoproj.io_Application') ||
      /argoproj\.io\/Application/.test(textAt(values, ['resource.customizations']) ?? '')
    );
  }
  const isInstallation = installsArgo({ kind, name, data } as Manifest) || kind === 'ArgoCD';
  return isInstallation && /argoproj\.io[_/]Application\b/.test(JSON.stringify(data));
}

function installsArgo({ kind, data }: Manifest): boolean {
  if (kind === 'ArgoCD') return true;
  if (kind !== 'Application' && kind !== 'HelmRelease') return false;
  return /"chart":"argo-cd"|argo-cd\.git|argoproj\/argo-cd/.test(JSON.stringify(data));
}
