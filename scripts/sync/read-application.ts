import { isRecord, listAt, recordAt, textAt, valueAt } from '../kubernetes/fields.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { localCluster } from './application-set/cluster-generator.ts';
import { sourcesOf } from './application-sources.ts';
import type {
  Declaration,
  Destination,
  HelmReleaseOptions,
  IgnoredDifference,
  SyncPolicy,
  Unit,
} from './unit.ts';
import type { UnitContext } from './unit-context.ts';
import { namespaceOf, unitId } from './unit-id.ts';
import type { UnitSource } from './unit-source.ts';

const wave = 'argocd.argoproj.io/sync-wave';
const changing = [
  'images',
  'patches',
  'replicas',
  'components',
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonLabels',
  'commonAnnotations',
];

/** An Argo CD Application, written or generated, as a unit. */
export function readApplication(
  manifest: Manifest,
  declared: Declaration,
  context: UnitContext,
): Unit {
  const { data, name } = manifest;
  const namespace = namespaceOf(manifest);
  const sources = sourcesOf(data, context.isOwn);
  const destination = destinationOf(data, context);
  const release = releaseOf(data, name, sources, context);
  return {
    id: unitId('Application', namespace, name),
    engine: 'argocd',
    kind: 'Application',
    name,
    namespace,
    declared,
    data,
    parents: [],
    sources,
    targets: targetsOf(sources, (path) => context.targetsAt(path, 'argocd', declared)),
    changes: sources.flatMap(({ at }) => changesAt(data, at)),
    destination,
    wave: waveOf(data),
    dependsOn: [],
    gates: { wait: true, healthChecks: [], healthCheckExprs: [] },
    policy: policyOf(data, destination, context),
    project: textAt(data, ['spec', 'project']) ?? '',
    finalizers: texts(data, ['metadata', 'finalizers']),
    ignored: ignoredIn(data),
    ...(release && { release }),
  };
}

/** The rendered targets of a unit's sources that are in this repository. */
export function targetsOf(
  sources: readonly UnitSource[],
  targetsAt: (path: string) => readonly string[],
): string[] {
  const all = sources.flatMap(({ isOwn, path }) =>
    isOwn && path !== undefined ? targetsAt(path) : [],
  );
  return [...new Set(all)].sort();
}

/** The sync wave that an object's annotation says. */
function waveOf(data: unknown): number {
  const written = textAt(data, ['metadata', 'annotations', wave]) ?? '';
  return /^[+-]?\d{1,9}$/.test(written) ? Number(written) : 0;
}

/** The texts in a list; whatever else is in it is left out. */
export function texts(data: unknown, path: FieldPath): string[] {
  return listAt(data, path).filter((one) => typeof one === 'string');
}

function changesAt(data: unknown, at: FieldPath): FieldPath[] {
  return changing
    .map((field) => [...at, 'kustomize', field])
    .filter((path) => valueAt(data, path) !== undefined);
}

function destinationOf(data: unknown, { cluster, clusters }: UnitContext): Destination {
  const [server, name, namespace] = ['server', 'name', 'namespace'].map(
    (field) => textAt(data, ['spec', 'destination', field]) || undefined,
  );
  const isLocal = server ? server === localCluster.server : name === localCluster.name;
  const known = isLocal ? cluster.name : clusters.find((one) => one === name && !server);
  return {
    ...(server && { server }),
    ...(name && { name }),
    ...(namespace && { namespace }),
    ...(known && { cluster: known }),
  };
}

function policyOf(data: unknown, destination: Destination, { cluster }: UnitContext): SyncPolicy {
  const written = valueAt(data, ['spec', 'syncPolicy', 'automated']);
  const automated = isRecord(written) ? written : {};
  const isAutomated = isRecord(written) && automated.enabled !== false;
  const options = texts(data, ['spec', 'syncPolicy', 'syncOptions']);
  return {
    automated: isAutomated,
    prune: isAutomated && automated.prune === true,
    selfHeal: isAutomated && automated.selfHeal === true,
    allowEmpty: automated.allowEmpty === true,
    suspended: false,
    force: options.includes('Force=true') || options.includes('Replace=true'),
    createsNamespace: options.includes('CreateNamespace=true'),
    options,
    remote: destination.cluster !== cluster.name,
  };
}

function ignoredIn(data: unknown): IgnoredDifference[] {
  return listAt(data, ['spec', 'ignoreDifferences']).map((one, index) => {
    const [name, namespace] = [textAt(one, ['name']), textAt(one, ['namespace'])];
    return {
      at: ['spec', 'ignoreDifferences', index],
      group: textAt(one, ['group']) ?? '',
      kind: textAt(one, ['kind']) ?? '',
      ...(name && { name }),
      ...(namespace && { namespace }),
      jsonPointers: texts(one, ['jsonPointers']),
      jqPathExpressions: texts(one, ['jqPathExpressions']),
      managers: texts(one, ['managedFieldsManagers']),
    };
  });
}

function releaseOf(
  data: unknown,
  name: string,
  sources: readonly UnitSource[],
  { contentsOf }: UnitContext,
): HelmReleaseOptions | undefined {
  const source = sources.find(({ kind }) => kind === 'chart');
  if (!source) return undefined;
  const helm = recordAt(data, [...source.at, 'helm']);
  const crds = helm.skipCrds === true ? 'Skip' : 'CreateReplace';
  const contents = contentsOf(source.chart ?? '') ?? contentsOf(name);
  return {
    name: typeof helm.releaseName === 'string' ? helm.releaseName : name,
    installCrds: crds,
    upgradeCrds: crds,
    ...(contents && { contents }),
    valuesFrom: [],
    disableWait: false,
  };
}
