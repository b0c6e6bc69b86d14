import { isRecord, listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import type { Manifest } from '../model.ts';
import { dependenciesOf, ignoredBy, optional, sourceReference } from './flux-fields.ts';
import { toFolder } from './folder.ts';
import { texts } from './read-application.ts';
import { revisionOf } from './revision.ts';
import type { Declaration, HelmReleaseOptions, Unit, ValuesReference } from './unit.ts';
import type { UnitContext } from './unit-context.ts';
import { namespaceOf, unitId } from './unit-id.ts';
import type { UnitSource } from './unit-source.ts';

/** A Flux HelmRelease as a unit. What the chart renders is not known, but what it brings may be. */
export function readHelmRelease(
  manifest: Manifest,
  declared: Declaration,
  context: UnitContext,
): Unit {
  const { data, name } = manifest;
  const namespace = namespaceOf(manifest);
  const source = sourceOf(data, namespace, context);
  const remote = valueAt(data, ['spec', 'kubeConfig']) !== undefined;
  const target = textAt(data, ['spec', 'targetNamespace']);
  const is = (...path: string[]): boolean => valueAt(data, ['spec', ...path]) === true;
  return {
    id: unitId('HelmRelease', namespace, name),
    engine: 'flux',
    kind: 'HelmRelease',
    name,
    namespace,
    declared,
    data,
    parents: [],
    sources: [source],
    targets: [],
    changes: valueAt(data, ['spec', 'postRenderers']) ? [['spec', 'postRenderers']] : [],
    destination: {
      namespace: target ?? namespace,
      ...(!remote && { cluster: context.cluster.name }),
    },
    wave: 0,
    dependsOn: dependenciesOf('HelmRelease', data, namespace),
    gates: {
      wait: !is('install', 'disableWait'),
      healthChecks: [],
      healthCheckExprs: listAt(data, ['spec', 'healthCheckExprs'])
        .filter(isRecord)
        .map(({ apiVersion, kind }) => `${apiVersion}/${kind}`),
      ...optional('interval', textAt(data, ['spec', 'interval'])),
      ...optional('timeout', textAt(data, ['spec', 'timeout'])),
    },
    policy: {
      automated: true,
      prune: true,
      selfHeal: textAt(data, ['spec', 'driftDetection', 'mode']) === 'enabled',
      allowEmpty: true,
      suspended: is('suspend'),
      force: is('upgrade', 'force'),
      createsNamespace: is('install', 'createNamespace'),
      options: [],
      ...optional('serviceAccount', textAt(data, ['spec', 'serviceAccountName'])),
      remote,
    },
    finalizers: texts(data, ['metadata', 'finalizers']),
    ignored: ignoredBy(data, ['spec', 'driftDetection', 'ignore']),
    release: releaseOf(data, name, target, source, context),
  };
}

function sourceOf(data: unknown, namespace: string, { sources }: UnitContext): UnitSource {
  const chartAt = ['spec', 'chart', 'spec'];
  const spec = valueAt(data, chartAt);
  const isInline = spec !== undefined;
  const at = isInline ? chartAt : ['spec', 'chartRef'];
  const reference = sourceReference(
    isInline ? valueAt(spec, ['sourceRef']) : valueAt(data, at),
    namespace,
  );
  const source = sources.get(reference);
  const chart = isInline ? textAt(spec, ['chart']) : textAt(data, [...at, 'name']);
  // A chart in Git is a folder there.
  const isFolder = isInline && /^(GitRepository|Bucket)\//.test(reference);
  const unknown = { kind: 'unknown' as const, value: '', at };
  return {
    kind: isFolder ? (reference.startsWith('Git') ? 'git' : 'bucket') : 'chart',
    at,
    repository: source?.url ?? '',
    isOwn: isFolder && (source?.isOwn ?? false),
    reference,
    revision:
      isInline && !isFolder
        ? revisionOf(textAt(spec, ['version']), [...at, 'version'])
        : (source?.revision ?? unknown),
    ...(isFolder && { path: toFolder(chart ?? ''), pathAt: [...at, 'chart'] }),
    ...optional('chart', isFolder ? chart?.split('/').findLast(Boolean) : chart),
    valueFiles: listAt(spec, ['valuesFiles']).flatMap((file, index) =>
      typeof file === 'string'
        ? { at: [...at, 'valuesFiles', index], written: file, ...ownFile(file, source?.isOwn) }
        : [],
    ),
    recursive: false,
  };

  function ownFile(file: string, isOwn: boolean | undefined): { readonly file?: string } {
    return isFolder && isOwn ? { file: toFolder(file) } : {};
  }
}

function releaseOf(
  data: unknown,
  name: string,
  target: string | undefined,
  source: UnitSource,
  { contentsOf }: UnitContext,
): HelmReleaseOptions {
  const contents = contentsOf(source.chart ?? '') ?? contentsOf(name);
  const policy = (phase: string): string | undefined => textAt(data, ['spec', phase, 'crds']);
  return {
    name: textAt(data, ['spec', 'releaseName']) ?? (target ? `${target}-${name}` : name),
    ...optional('storageNamespace', textAt(data, ['spec', 'storageNamespace'])),
    installCrds: policy('install') ?? 'Create',
    upgradeCrds: policy('upgrade') ?? 'Skip',
    ...(contents && { contents }),
    valuesFrom: listAt(data, ['spec', 'valuesFrom']).map(valuesReference),
    disableWait: valueAt(data, ['spec', 'install', 'disableWait']) === true,
  };
}

function valuesReference(one: unknown, index: number): ValuesReference {
  return {
    at: ['spec', 'valuesFrom', index],
    kind: textAt(one, ['kind']) ?? '',
    name: textAt(one, ['name']) ?? '',
    key: textAt(one, ['valuesKey']) ?? 'values.yaml',
    optional: valueAt(one, ['optional']) === true,
  };
}
