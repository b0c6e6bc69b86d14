import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readYaml } from '../../scripts/kubernetes/yaml.ts';
import { loadValidators } from '../../scripts/schema/validators.ts';
import { arbitraryObject, type KindSchema, kindSchema, type Schema } from './arbitrary-object.ts';
import { objectsIn, withValue } from './objects.ts';

const folder = 'v1.34.0-standalone-strict';
const kinds: readonly [string, string, string][] = [
  ['v1', 'Service', `${folder}/service-v1.json`],
  ['apps/v1', 'StatefulSet', `${folder}/statefulset-apps-v1.json`],
  ['batch/v1', 'CronJob', `${folder}/cronjob-batch-v1.json`],
  ['networking.k8s.io/v1', 'Ingress', `${folder}/ingress-networking-v1.json`],
  ['networking.k8s.io/v1', 'NetworkPolicy', `${folder}/networkpolicy-networking-v1.json`],
  [
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    `${folder}/horizontalpodautoscaler-autoscaling-v2.json`,
  ],
  ['keda.sh/v1alpha1', 'ScaledObject', 'crds/keda.sh/scaledobject_v1alpha1.json'],
  ['cert-manager.io/v1', 'Certificate', 'crds/cert-manager.io/certificate_v1.json'],
];

describe.for(kinds)('%s %s', ([apiVersion, kind, file]) => {
  const schema = kindSchema(file);
  const objects = arbitraryObject(schema, { apiVersion, kind });

  test('stays accepted when its keys move and it goes through YAML', async () => {
    const { problemsOf } = await loadValidators({
      kinds: [{ apiVersion, kind }],
      kubernetes: '1.34',
    });
    let accepted = 0;
    fc.assert(
      fc.property(objects, fc.nat(), (object, seed) => {
        if (problemsOf(object)?.length !== 0) return;
        accepted++;
        const moved = reordered(object, seed) as Record<string, unknown>;
        expect(problemsOf(moved)).toEqual([]);
        const read = readYaml(stringify(moved, { version: '1.1' }), 'a.yaml');
        expect(read.problems).toEqual([]);
        expect(problemsOf(read.documents[0] as Record<string, unknown>)).toEqual([]);
      }),
      { numRuns: 150, seed: 5 },
    );
    // Were the generator wrong, nothing would be tested.
    expect(accepted).toBeGreaterThan(75);
  });

  test('tells an unknown field anywhere, at its exact place', async () => {
    const { problemsOf } = await loadValidators({
      kinds: [{ apiVersion, kind }],
      kubernetes: '1.34',
    });
    let places = 0;
    fc.assert(
      fc.property(objects, fc.nat(), (object, pick) => {
        if (problemsOf(object)?.length !== 0) return;
        const closed = [...objectsIn(object)].filter((path) => isClosed(schema, path));
        const path = closed[pick % closed.length] as (string | number)[];
        if (path.length > 0) places++;
        const field = [...path, 'zzUnknownField'];
        expect(problemsOf(withValue(object, field, 1))).toMatchObject([
          { path: field, message: 'unknown field "zzUnknownField"' },
        ]);
      }),
      { numRuns: 150, seed: 6 },
    );
    expect(places).toBeGreaterThan(20);
  });
});

/** Whether the schema says which fields the object at a path may have. */
function isClosed({ top, resolve }: KindSchema, path: readonly (string | number)[]): boolean {
  let schema: Schema = top;
  for (const step of path) {
    const values =
      typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
    const next = typeof step === 'number' ? schema.items : (schema.properties?.[step] ?? values);
    schema = resolve(next ?? {});
  }
  return schema.properties !== undefined && schema.additionalProperties === false;
}

/** The same value with the keys of its objects in another order. */
function reordered(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((one) => reordered(one, seed));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, reordered(one, seed)] as const);
  const at = entries.length > 0 ? seed % entries.length : 0;
  return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at).reverse()]);
}
