import { isRecord, listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import type { Manifest } from '../model.ts';
import { dependenciesOf, ignoredBy, optional, sourceReference } from './flux-fields.ts';
import { toFolder } from './folder.ts';
import { targetsOf, texts } from './read-application.ts';
import type { Declaration, Gates, HealthCheck, Unit } from './unit.ts';
import type { UnitContext } from './unit-context.ts';
import { namespaceOf, unitId } from './unit-id.ts';
import type { UnitSource } from './unit-source.ts';

const changing = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'images',
  'components',
  'postBuild',
  'namePrefix',
  'nameSuffix',
  'targetNamespace',
  'commonMetadata',
];

/** A Flux Kustomization as a unit. */
export function readKustomization(
  manifest: Manifest,
  declared: Declaration,
  context: UnitContext,
): Unit {
  const { data, name } = manifest;
  const namespace = namespaceOf(manifest);
  const sources = [sourceOf(data, namespace, context)];
  const remote = valueAt(data, ['spec', 'kubeConfig']) !== undefined;
  return {
    id: unitId('Kustomization', namespace, name),
    engine: 'flux',
    kind: 'Kustomization',
    name,
    namespace,
    declared,
    data,
    parents: [],
    sources,
    targets: targetsOf(sources, (path) => context.targetsAt(path, 'flux', declared)),
    changes: changing
      .map((field) => ['spec', field])
      .filter((path) => valueAt(data, path) !== undefined),
    destination: {
      ...optional('namespace', textAt(data, ['spec', 'targetNamespace'])),
      ...(!remote && { cluster: context.cluster.name }),
    },
    wave: 0,
    dependsOn: dependenciesOf('Kustomization', data, namespace),
    gates: gatesOf(data),
    policy: {
      automated: true,
      prune: valueAt(data, ['spec', 'prune']) === true,
      selfHeal: true,
      allowEmpty: true,
      suspended: valueAt(data, ['spec', 'suspend']) === true,
      force: valueAt(data, ['spec', 'force']) === true,
      createsNamespace: false,
      options: [],
      deletion: textAt(data, ['spec', 'deletionPolicy']) ?? 'MirrorPrune',
      ...optional('serviceAccount', textAt(data, ['spec', 'serviceAccountName'])),
      remote,
    },
    finalizers: texts(data, ['metadata', 'finalizers']),
    ignored: ignoredBy(data, ['spec', 'ignore']),
  };
}

function sourceOf(data: unknown, namespace: string, context: UnitContext): UnitSource {
  const at = ['spec', 'sourceRef'];
  const reference = sourceReference(valueAt(data, at), namespace);
  const source = context.sources.get(reference);
  const kind = reference.split('/')[0];
  const written = textAt(data, ['spec', 'path']);
  return {
    kind: kind === 'OCIRepository' ? 'oci' : kind === 'Bucket' ? 'bucket' : 'git',
    at,
    repository: source?.url ?? '',
    isOwn: source?.isOwn ?? context.isOwn(reference),
    reference,
    revision: source?.revision ?? { kind: 'unknown', value: '', at },
    path: toFolder(written ?? ''),
    ...(written !== undefined && { pathAt: ['spec', 'path'] }),
    valueFiles: [],
    recursive: true,
  };
}

function gatesOf(data: unknown): Gates {
  return {
    wait: valueAt(data, ['spec', 'wait']) === true,
    healthChecks: listAt(data, ['spec', 'healthChecks'])
      .map((one, index): HealthCheck | undefined => {
        const [kind, name] = [textAt(one, ['kind']), textAt(one, ['name'])];
        if (!kind || !name) return undefined;
        return {
          apiVersion: textAt(one, ['apiVersion']) ?? '',
          kind,
          name,
          ...optional('namespace', textAt(one, ['namespace'])),
          at: ['spec', 'healthChecks', index],
        };
      })
      .filter((one) => one !== undefined),
    healthCheckExprs: listAt(data, ['spec', 'healthCheckExprs'])
      .filter(isRecord)
      .map(({ apiVersion, kind }) => `${apiVersion}/${kind}`),
    ...optional('interval', textAt(data, ['spec', 'interval'])),
    ...optional('timeout', textAt(data, ['spec', 'timeout'])),
    ...optional('retryInterval', textAt(data, ['spec', 'retryInterval'])),
  };
}
