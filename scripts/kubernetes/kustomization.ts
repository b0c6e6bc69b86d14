import type { FieldPath } from '../model.ts';
import { isRecord, listAt, valueAt } from './fields.ts';

/** The names that kustomize looks for in a folder, in its order. */
export const kustomizationNames: readonly string[] = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

/** Every field of a kustomization, for "did you mean". */
export const kustomizationFields: readonly string[] = [
  'apiVersion',
  'kind',
  'metadata',
  'namespace',
  'namePrefix',
  'nameSuffix',
  'resources',
  'components',
  'labels',
  'commonAnnotations',
  'images',
  'replicas',
  'patches',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
  'replacements',
  'generators',
  'transformers',
  'validators',
  'configurations',
  'crds',
  'openapi',
  'helmCharts',
  'helmGlobals',
  'sortOptions',
  'buildMetadata',
];

/** The fields of a kustomization's entries, for "did you mean". */
export const entryFields: readonly string[] = [
  ...['name', 'newName', 'newTag', 'digest', 'count', 'path', 'patch', 'target', 'options'],
  ...['group', 'version', 'kind', 'namespace', 'labelSelector', 'annotationSelector'],
  ...['pairs', 'includeSelectors', 'includeTemplates', 'fields', 'behavior', 'literals', 'files'],
  ...[
    'envs',
    'env',
    'type',
    'source',
    'sourceValue',
    'targets',
    'fieldPath',
    'fieldPaths',
    'select',
  ],
  ...['reject', 'delimiter', 'index', 'create', 'labels', 'annotations', 'disableNameSuffixHash'],
  ...['immutable', 'order', 'legacySortOptions', 'allowNameChange', 'allowKindChange'],
];

/** A path that a kustomization names. */
export interface KustomizationReference {
  readonly path: FieldPath;
  readonly value: string;
  /**
   * How kustomize uses it: another folder or a file of objects (`resource`), a folder of
   * `kind: Component`, a file that is YAML (`yaml`), or a file of any content (`data`).
   */
  readonly use: 'resource' | 'component' | 'yaml' | 'data';
}

/** Everything a kustomization reads, in the order in which the fields are listed here. */
export function referencesOf(kustomization: unknown): KustomizationReference[] {
  return [
    ...texts(kustomization, 'resources', 'resource'),
    ...texts(kustomization, 'bases', 'resource'),
    ...texts(kustomization, 'components', 'component'),
    ...texts(kustomization, 'crds', 'yaml'),
    ...texts(kustomization, 'configurations', 'yaml'),
    ...texts(kustomization, 'generators', 'resource'),
    ...texts(kustomization, 'transformers', 'resource'),
    ...texts(kustomization, 'validators', 'resource'),
    ...texts(kustomization, 'patchesStrategicMerge', 'yaml'),
    ...inEntries(kustomization, 'patches', 'path'),
    ...inEntries(kustomization, 'patchesJson6902', 'path'),
    ...inEntries(kustomization, 'replacements', 'path'),
    ...generatorFiles(kustomization, 'configMapGenerator'),
    ...generatorFiles(kustomization, 'secretGenerator'),
    ...openapi(kustomization),
  ];
}

function texts(
  kustomization: unknown,
  field: string,
  use: KustomizationReference['use'],
): KustomizationReference[] {
  return listAt(kustomization, [field]).flatMap((value, index) =>
    // An entry of several lines is the object itself.
    typeof value === 'string' && !value.includes('\n')
      ? [{ path: [field, index], value, use }]
      : [],
  );
}

function inEntries(kustomization: unknown, field: string, key: string): KustomizationReference[] {
  return listAt(kustomization, [field]).flatMap((entry, index) => {
    const value = isRecord(entry) ? entry[key] : undefined;
    return typeof value === 'string' && value
      ? [{ path: [field, index, key], value, use: 'yaml' as const }]
      : [];
  });
}

function generatorFiles(kustomization: unknown, field: string): KustomizationReference[] {
  return listAt(kustomization, [field]).flatMap((_, index) => [
    ...['files', 'envs'].flatMap((key) =>
      listAt(kustomization, [field, index, key]).flatMap((value, at) =>
        typeof value === 'string'
          ? [dataFile([field, index, key, at], value, key === 'files')]
          : [],
      ),
    ),
    ...[valueAt(kustomization, [field, index, 'env'])].flatMap((value) =>
      typeof value === 'string' ? [dataFile([field, index, 'env'], value, false)] : [],
    ),
  ]);
}

/** A `files` entry may begin with the key that the content gets: `config.json=files/config.json`. */
function dataFile(path: FieldPath, value: string, mayHaveKey: boolean): KustomizationReference {
  const file = mayHaveKey ? value.slice(value.indexOf('=') + 1) : value;
  return { path, value: file, use: 'data' };
}

function openapi(kustomization: unknown): KustomizationReference[] {
  const value = valueAt(kustomization, ['openapi', 'path']);
  return typeof value === 'string' ? [{ path: ['openapi', 'path'], value, use: 'data' }] : [];
}

/** Fields whose effect reaches beyond the kustomization's own resources in a larger build. */
const wholeBuildFields: readonly string[] = [
  'sortOptions',
  'buildMetadata',
  'openapi',
  'crds',
  'configurations',
  'namePrefix',
  'nameSuffix',
  'vars',
  'generators',
  'transformers',
  'validators',
];

/** Whether a kustomization can be built together with unrelated ones and give the same result. */
export function isBatchable(kustomization: unknown): boolean {
  return wholeBuildFields.every((field) => valueAt(kustomization, [field]) === undefined);
}

/** Whether a kustomization generates ConfigMaps or Secrets. */
export function generatesObjects(kustomization: unknown): boolean {
  return ['configMapGenerator', 'secretGenerator'].some(
    (field) => listAt(kustomization, [field]).length > 0,
  );
}

/** Something in a kustomization that needs programs to be run besides kustomize. */
export interface PluginUse {
  readonly path: FieldPath;
  readonly needs: 'helm';
}

/** The fields for which kustomize would start helm. */
export function pluginUsesOf(kustomization: unknown): PluginUse[] {
  return ['helmCharts', 'helmChartInflationGenerator']
    .filter((field) => listAt(kustomization, [field]).length > 0)
    .map((field) => ({ path: [field], needs: 'helm' }));
}

/**
 * Whether kustomize would try to fetch this entry instead of reading it from disk.
 * Wider than kustomize's own test on purpose: what passes here can never reach the network.
 */
export function isRemote(value: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*::?\/?\//i.test(value) ||
    /^(git::|gh:|git@|[^/]+@[^/]+:)/.test(value) ||
    /(^|\/)(github\.com|gitlab\.com|bitbucket\.org)[/:]/.test(value) ||
    /\.git($|\/|\?)|_git\/|[?&](ref|version|timeout|submodules)=/.test(value) ||
    /[^.:/]\/\//.test(value)
  );
}
