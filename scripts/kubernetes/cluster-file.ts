import type { ChartContents, Cluster, Engine, External, FieldPath } from '../model.ts';
import { nearest } from '../shared/nearest.ts';
import { isRecord, listAt, recordAt, textAt } from './fields.ts';

/** What is wrong with a `cluster.yaml`. */
export interface ClusterFault {
  readonly path: FieldPath;
  readonly message: string;
  readonly fix?: string;
}

/** A folder below `clusters/` that has this file is described by it. */
export const clusterFileName = 'cluster.yaml';

/**
 * Reads a cluster's description. What is missing or wrong becomes its default, so
 * that one slip does not hide everything else.
 *
 * @param name of the cluster's folder, which is its name unless the file says otherwise
 */
export function readCluster(document: unknown, name: string, file: string): Cluster {
  const engine = textAt(document, ['engine']);
  const kubernetes = minorOf(textAt(document, ['kubernetes']));
  const kustomize = textAt(document, ['kustomize']);
  return {
    name: textAt(document, ['name']) ?? name,
    environment: textAt(document, ['environment']) ?? name,
    file,
    ...(kubernetes && { kubernetes }),
    ...(kustomize && { kustomize }),
    ...(isEngine(engine) && { engine }),
    variables: textsOf(recordAt(document, ['variables'])),
    charts: chartsOf(recordAt(document, ['charts'])),
    external: externalOf(document),
  };
}

function isEngine(value: unknown): value is Engine {
  return value === 'argocd' || value === 'flux';
}

/** The minor of `1.34`, `1.34.2` or `v1.34`; undefined when it is none of these. */
export function minorOf(version: string | undefined): string | undefined {
  return /^v?(1\.\d+)(\.\d+)?$/.exec(version ?? '')?.[1];
}

function textsOf(record: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, String(value)]));
}

function stringsAt(data: unknown, path: FieldPath): string[] {
  return listAt(data, path).filter((value) => typeof value === 'string');
}

function chartsOf(charts: Readonly<Record<string, unknown>>): Record<string, ChartContents> {
  return Object.fromEntries(
    Object.entries(charts).map(([chart, contents]) => [
      chart,
      {
        crds: stringsAt(contents, ['crds']),
        namespaces: stringsAt(contents, ['namespaces']),
        webhooks: stringsAt(contents, ['webhooks']),
      },
    ]),
  );
}

function externalOf(document: unknown): External {
  return {
    namespaces: listAt(document, ['external', 'namespaces']).flatMap((entry) => {
      const name = textAt(entry, ['name']);
      return name ? [{ name, labels: textsOf(recordAt(entry, ['labels'])) }] : [];
    }),
    services: stringsAt(document, ['external', 'services']),
    secrets: stringsAt(document, ['external', 'secrets']),
    stores: stringsAt(document, ['external', 'stores']),
  };
}

type Check = (value: unknown) => string | undefined;
interface Shape {
  readonly [key: string]: Check | Shape;
}

const text: Check = (value) => (typeof value === 'string' ? undefined : 'must be a text');
const mapping: Check = (value) => (isRecord(value) ? undefined : 'must be a mapping');
const textList: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? undefined
    : 'must be a list of texts';
const version: Check = (value) => {
  if (typeof value === 'number') return 'must be quoted: YAML reads 1.30 as the number 1.3';
  return minorOf(textAt([value], [0])) ? undefined : 'must be a version such as "1.34"';
};

const shape: Shape = {
  name: text,
  environment: text,
  kubernetes: version,
  kustomize: text,
  engine: (value) => (isEngine(value) ? undefined : 'must be argocd or flux'),
  variables: mapping,
  charts: mapping,
  external: {
    namespaces: (value) =>
      Array.isArray(value) && value.every((item) => textAt(item, ['name']))
        ? undefined
        : 'must be a list of `{ name, labels }`',
    services: textList,
    secrets: textList,
    stores: textList,
  },
};

/** Everything in a `cluster.yaml` that is not as the contract has it. */
export function clusterFaults(document: unknown): ClusterFault[] {
  if (!isRecord(document)) return [{ path: [], message: 'the file must be a mapping' }];
  const missing = ['name', 'environment'].filter((key) => document[key] === undefined);
  return [
    ...missing.map((key) => ({ path: [], message: `required field "${key}" is missing` })),
    ...faultsIn(document, shape, []),
  ];
}

function faultsIn(
  record: Readonly<Record<string, unknown>>,
  fields: Shape,
  path: FieldPath,
): ClusterFault[] {
  return Object.entries(record).flatMap(([key, value]): ClusterFault[] => {
    const check = Object.hasOwn(fields, key) ? fields[key] : undefined;
    const at = [...path, key];
    if (check === undefined) {
      const near = nearest(key, Object.keys(fields));
      const fix = near
        ? `Did you mean "${near}"?`
        : `Use one of ${Object.keys(fields).join(', ')}.`;
      return [{ path: at, message: `unknown field "${key}"`, fix }];
    }
    if (typeof check !== 'function') {
      const fault = mapping(value);
      return isRecord(value)
        ? faultsIn(value, check, at)
        : [{ path: at, message: `${key} ${fault}` }];
    }
    const fault = check(value);
    return fault ? [{ path: at, message: `${key} ${fault}` }] : [];
  });
}
