import { listAt, recordAt, textAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import { containersIn } from '../secrets/pod-specs.ts';
import type { ClusterIndex } from './cluster-index.ts';
import type { Workload } from './workloads.ts';

/** A value that a container is started with. */
export interface DeclaredValue {
  /** Where it comes from, as messages begin: `REDIS_URL of container worker`. */
  readonly by: string;
  /** The name of the environment variable; absent for arguments. */
  readonly variable?: string;
  /** May hold a password: only a host and a port of it are ever told. */
  readonly text: string;
  /** The place in the workload that says it or takes it from elsewhere. */
  readonly path: FieldPath;
  /** Whether it comes with all of a ConfigMap or Secret, which others may be using. */
  readonly isShared: boolean;
}

/** What the containers of a workload are told, by variables, by ConfigMaps and by arguments. */
export function declaredValuesOf(index: ClusterIndex, workload: Workload): DeclaredValue[] {
  const { namespace, spec, specPath } = workload;
  return containersIn({ data: spec, path: specPath }).flatMap(({ name, data, path }) => {
    const by = (what: string) => `${what} of container ${name}`;
    const args = ['command', 'args'].flatMap((field) =>
      listAt(data, [field]).flatMap((text, at) =>
        typeof text === 'string'
          ? { by: by(field), text, path: [...path, field, at], isShared: false }
          : [],
      ),
    );
    const shared = listAt(data, ['envFrom']).flatMap((entry, at) =>
      sourcesOf(entry, 'Ref').flatMap(([field, source]) => {
        const prefix = textAt(entry, ['prefix']) ?? '';
        const values = Object.entries(valuesOf(index, field, source, namespace));
        return values.map(([key, text]) => ({
          by: by(`${prefix}${key}`),
          variable: `${prefix}${key}`,
          text,
          path: [...path, 'envFrom', at, field, 'name'],
          isShared: true,
        }));
      }),
    );
    const own = listAt(data, ['env']).flatMap((entry, at): DeclaredValue[] => {
      const variable = textAt(entry, ['name']) ?? '';
      const common = { by: by(variable), variable, isShared: false };
      const text = textAt(entry, ['value']);
      const place = [...path, 'env', at];
      if (text !== undefined) return [{ ...common, text, path: [...place, 'value'] }];
      return sourcesOf(recordAt(entry, ['valueFrom']), 'KeyRef').flatMap(([field, source]) => {
        const key = textAt(source, ['key']) ?? '';
        const values = valuesOf(index, field, source, namespace);
        if (!Object.hasOwn(values, key)) return [];
        return { ...common, text: values[key] ?? '', path: [...place, 'valueFrom', field, 'key'] };
      });
    });
    // A variable of its own replaces that of a source.
    const said = new Set(own.map(({ variable }) => variable));
    return [...own, ...shared.filter(({ variable }) => !said.has(variable)), ...args];
  });
}

function sourcesOf(entry: unknown, suffix: string): [string, unknown][] {
  return ['configMap', 'secret'].flatMap((one): [string, unknown][] => {
    const source = recordAt(entry, [])[`${one}${suffix}`];
    return source === undefined ? [] : [[`${one}${suffix}`, source]];
  });
}

/** The texts of a ConfigMap, or what an ExternalSecret's template makes a Secret's of. */
function valuesOf(
  index: ClusterIndex,
  field: string,
  source: unknown,
  namespace: string | undefined,
): Readonly<Record<string, string>> {
  const name = textAt(source, ['name']) ?? '';
  if (field.startsWith('configMap')) {
    const found = index.find('', 'ConfigMap', name, namespace);
    return texts(recordAt(found?.data, ['data']));
  }
  const maker = index
    .objects('external-secrets.io', 'ExternalSecret')
    .find(
      (one) =>
        one.namespace === namespace &&
        (textAt(one.data, ['spec', 'target', 'name']) ?? one.name) === name,
    );
  return texts(recordAt(maker?.data, ['spec', 'target', 'template', 'data']));
}

function texts(data: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
