import { expect, test } from 'vitest';
import { listAt, recordAt } from '../../scripts/kubernetes/fields.ts';
import { describe as nameOf } from '../../scripts/kubernetes/manifests.ts';
import type { FieldPath, Manifest } from '../../scripts/model.ts';
import { systemIn, systemNames } from './renders.ts';
import { rowsFor } from './rows.ts';
import type { System } from './system.ts';

/** Something that nobody may lose without noticing. */
interface Removal {
  readonly what: string;
  readonly manifest: Manifest;
  /** The field to remove; the whole object when there is none. */
  readonly path?: FieldPath;
}

const wholeObjects = ['PodDisruptionBudget', 'NetworkPolicy', 'CustomResourceDefinition'];

function removalsIn({ manifests }: System): Removal[] {
  return manifests.flatMap((manifest): Removal[] => {
    const { kind, data } = manifest;
    if (wholeObjects.includes(kind)) return [{ what: nameOf(manifest), manifest }];
    const paths =
      kind === 'ExternalSecret'
        ? keysOf(data)
        : ['Deployment', 'StatefulSet'].includes(kind)
          ? probesOf(data)
          : [];
    return paths.map((path) => ({ what: `${nameOf(manifest)} ${path.join('.')}`, manifest, path }));
  });
}

function keysOf(data: unknown): FieldPath[] {
  const template = ['spec', 'target', 'template', 'data'];
  return [
    ...listAt(data, ['spec', 'data']).map((_, index) => ['spec', 'data', index]),
    ...Object.keys(recordAt(data, template)).map((key) => [...template, key]),
  ];
}

function probesOf(data: unknown): FieldPath[] {
  const containers = ['spec', 'template', 'spec', 'containers'];
  return listAt(data, containers).flatMap((container, index) =>
    Object.keys(recordAt([container], [0]))
      .filter((key) => key.endsWith('Probe'))
      .map((key) => [...containers, index, key]),
  );
}

function without(system: System, { manifest, path }: Removal): System {
  const manifests = system.manifests.flatMap((one) => {
    if (one !== manifest) return [one];
    return path ? [{ ...one, data: cut(one.data, path) as Manifest['data'] }] : [];
  });
  return { ...system, manifests };
}

function cut(value: unknown, [step, ...rest]: FieldPath): unknown {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      if (index !== step) return [item];
      return rest.length > 0 ? [cut(item, rest)] : [];
    });
  }
  const entries = Object.entries(value as object).flatMap(([key, item]) => {
    if (key !== step) return [[key, item]];
    return rest.length > 0 ? [[key, cut(item, rest)]] : [];
  });
  return Object.fromEntries(entries);
}

function problemsOf(system: System): string[] {
  return rowsFor(system).flatMap(({ check }) => check(system));
}

const cases = systemNames.flatMap((name) => {
  const system = systemIn('prod', name);
  return removalsIn(system).map((removal) => ({ name, system, removal, what: removal.what }));
});

test.for(cases)('$name is not complete without $what', ({ system, removal }) => {
  const less = without(system, removal);
  expect(JSON.stringify(less).length).toBeLessThan(JSON.stringify(system).length);
  expect(problemsOf(less)).not.toEqual([]);
});

test('there is something of every kind to remove', () => {
  const text = cases.map(({ what }) => what).join('\n');
  for (const sign of [...wholeObjects, 'ExternalSecret', 'livenessProbe', 'template.data']) {
    expect(text).toContain(sign);
  }
  expect(systemNames.flatMap((name) => problemsOf(systemIn('prod', name)))).toEqual([]);
});
