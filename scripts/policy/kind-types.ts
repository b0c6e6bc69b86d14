import type { Type } from '../cel/types.ts';
import { fieldsOf } from '../kubernetes/faults.ts';
import { schemaType } from './schema-type.ts';
import type { KindType, KnownKind } from './typed-policy.ts';

/** Kinds by apiVersion, with the plural of those that are no lists. */
type Kinds = Readonly<Record<string, Readonly<Record<string, { readonly plural?: string }>>>>;

/**
 * The kinds of a Kubernetes version with the types of their objects, made of their schemas when
 * they are asked for.
 *
 * @param readSchema the JSON schema of a file name; undefined when there is none
 */
export function kindTypes(kinds: Kinds, readSchema: (file: string) => unknown): KindType {
  const types = new Map<string, Type | undefined>();
  const ofReferences = new Map<string, Type>();
  let known: KnownKind[] | undefined;
  return {
    kinds: () => {
      known ??= Object.entries(kinds).flatMap(([apiVersion, all]) =>
        Object.entries(all).flatMap(([kind, { plural }]) =>
          plural === undefined ? [] : [{ apiVersion, kind, plural }],
        ),
      );
      return known;
    },
    typeOf(kind) {
      const file = fileOf(kind);
      if (!types.has(file)) types.set(file, typeIn(file));
      return types.get(file);
    },
  };

  function typeIn(file: string): Type | undefined {
    const schema = readSchema(file);
    return schema === undefined ? undefined : schemaType(schema, definition, ofReferences);
  }

  /** `_definitions.json#/definitions/V1Pod`, or the same without the file. */
  function definition(reference: string): unknown {
    const name = reference.slice(reference.lastIndexOf('/') + 1);
    const { definitions } = fieldsOf(readSchema('_definitions.json'));
    return fieldsOf(definitions)[name];
  }
}

/** As kubeconform names the files of built-in kinds: `deployment-apps-v1.json`. */
function fileOf({ apiVersion, kind }: KnownKind): string {
  const [version = '', group] = apiVersion.split('/').reverse();
  const short = group?.split('.')[0];
  return `${[kind.toLowerCase(), short, version].filter(Boolean).join('-')}.json`;
}
