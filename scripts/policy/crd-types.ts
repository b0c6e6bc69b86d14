import type { Type } from '../cel/types.ts';
import { fieldsOf, items } from '../kubernetes/faults.ts';
import { textAt, valueAt } from '../kubernetes/fields.ts';
import type { Manifest } from '../model.ts';
import { schemaType } from './schema-type.ts';
import type { KindType, KnownKind } from './typed-policy.ts';

interface DefinedKind extends KnownKind {
  readonly schema: unknown;
}

/** The kinds of a Kubernetes version, and those that CRDs among the manifests define. */
export function withCrdKinds(known: KindType, manifests: readonly Manifest[]): KindType {
  const defined = new Map(
    manifests.flatMap(kindsOf).map((one) => [`${one.apiVersion}/${one.kind}`, one]),
  );
  const types = new Map<unknown, Type>();
  return {
    kinds: () => [...known.kinds(), ...defined.values()],
    typeOf(kind) {
      const schema = defined.get(`${kind.apiVersion}/${kind.kind}`)?.schema;
      if (schema === undefined) return known.typeOf(kind);
      // What a CRD's schema refers to is within it: references are refused.
      const type = types.get(schema) ?? schemaType(schema, () => undefined);
      types.set(schema, type);
      return type;
    },
  };
}

function kindsOf({ kind, data }: Manifest): DefinedKind[] {
  if (kind !== 'CustomResourceDefinition') return [];
  const [group, name, plural] = [['group'], ['names', 'kind'], ['names', 'plural']].map((path) =>
    textAt(data, ['spec', ...path]),
  );
  if (!group || !name || !plural) return [];
  return items(valueAt(data, ['spec', 'versions']), []).flatMap(([version]) => {
    const schema = valueAt(version, ['schema', 'openAPIV3Schema']);
    if (schema === undefined) return [];
    const apiVersion = `${group}/${textAt(version, ['name'])}`;
    return [{ apiVersion, kind: name, plural, schema: whole(schema) }];
  });
}

/** A CRD need not write down what every object has. */
function whole(schema: unknown): unknown {
  const { properties, ...rest } = fieldsOf(schema);
  const text = { type: 'string' };
  const every = { apiVersion: text, kind: text, metadata: {} };
  return { type: 'object', ...rest, properties: { ...fieldsOf(properties), ...every } };
}
