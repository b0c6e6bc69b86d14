import { recordAt, valueAt } from '../../kubernetes/fields.ts';
import type { Manifest } from '../../model.ts';
import type { Unit } from '../unit.ts';

const key = 'resource.customizations.health.argoproj.io_Application';

/** Whether Argo CD waits for an Application to be healthy before the next wave. */
export interface ApplicationHealth {
  /** `unsaid`: its settings are not in Git, so that nothing can be told. */
  readonly gate: 'yes' | 'no' | 'unsaid';
  /** The ConfigMap that says so, when it is one in Git. */
  readonly manifest?: Manifest;
}

/** Reads it from `argocd-cm`, or from the values of the chart that makes it. */
export function applicationHealth(
  manifests: readonly Manifest[],
  units: readonly Unit[],
): ApplicationHealth {
  const settings = manifests.filter(
    ({ kind, name }) => kind === 'ConfigMap' && name === 'argocd-cm',
  );
  const saying = settings.find(({ data }) => says(recordAt(data, ['data'])));
  if (saying) return { gate: 'yes', manifest: saying };
  const charts = units.filter(({ sources }) =>
    sources.some(({ chart }) => /^argo-?cd$/.test(chart ?? '')),
  );
  if (charts.some(({ data }) => JSON.stringify(valueAt(data, ['spec'])).includes(key))) {
    return { gate: 'yes' };
  }
  // Values may also come from files and ConfigMaps.
  if (charts.length > 0) return { gate: 'unsaid' };
  return { gate: settings.length > 0 ? 'no' : 'unsaid' };
}

function says(data: Readonly<Record<string, unknown>>): boolean {
  if (data[key] !== undefined) return true;
  // The form before 1.8, which is still read.
  return `${data['resource.customizations'] ?? ''}`.includes('argoproj.io/Application');
}
