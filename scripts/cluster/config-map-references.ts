import { isRecord, listAt, recordAt, textAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { containersIn, podSpecOf } from '../secrets/pod-specs.ts';

/** A place that reads a ConfigMap, and maybe keys of it. */
export interface ConfigMapReference {
  readonly manifest: Manifest;
  /** Who reads it: `env LOG_LEVEL of container api`. */
  readonly by: string;
  readonly name: string;
  readonly path: FieldPath;
  readonly optional: boolean;
  readonly keys: readonly { readonly key: string; readonly path: FieldPath }[];
}

const known = new WeakMap<Manifest, readonly ConfigMapReference[]>();

/** Every ConfigMap that a manifest reads in its own namespace. */
export function configMapReferencesOf(manifest: Manifest): readonly ConfigMapReference[] {
  let references = known.get(manifest);
  if (!references) {
    references = readReferences(manifest);
    known.set(manifest, references);
  }
  return references;
}

function readReferences(manifest: Manifest): ConfigMapReference[] {
  const pod = podSpecOf(manifest);
  if (!pod) return otherReferences(manifest);
  const containers = containersIn(pod).flatMap(({ name, data, path }) => [
    ...listAt(data, ['env']).flatMap((entry, index) =>
      referenceAt(
        manifest,
        recordAt(entry, ['valueFrom']).configMapKeyRef,
        [...path, 'env', index, 'valueFrom', 'configMapKeyRef'],
        `env ${textAt(entry, ['name']) ?? index} of container ${name}`,
      ),
    ),
    ...listAt(data, ['envFrom']).flatMap((entry, index) =>
      referenceAt(
        manifest,
        recordAt(entry, []).configMapRef,
        [...path, 'envFrom', index, 'configMapRef'],
        `envFrom of container ${name}`,
      ),
    ),
  ]);
  const volumes = listAt(pod.data, ['volumes']).flatMap((volume, index) => {
    const by = `volume ${textAt(volume, ['name']) ?? index}`;
    const path = [...pod.path, 'volumes', index];
    const sources = listAt(volume, ['projected', 'sources']).flatMap((source, at) => {
      const within = [...path, 'projected', 'sources', at, 'configMap'];
      return referenceAt(manifest, recordAt(source, []).configMap, within, by);
    });
    const own = recordAt(volume, []).configMap;
    return [...referenceAt(manifest, own, [...path, 'configMap'], by), ...sources];
  });
  return [...containers, ...volumes];
}

/** Flux and KEDA read ConfigMaps beside the pods. */
function otherReferences(manifest: Manifest): ConfigMapReference[] {
  const place = places[`${groupOf(manifest.apiVersion)}/${manifest.kind}`];
  return listAt(manifest.data, place ?? ['']).flatMap((entry, index) => {
    const kind = textAt(entry, ['kind']) ?? 'ConfigMap';
    if (!place || kind !== 'ConfigMap') return [];
    return referenceAt(manifest, entry, [...place, index], String(place.at(-1)), 'valuesKey');
  });
}

const places: Readonly<Record<string, readonly string[]>> = {
  'helm.toolkit.fluxcd.io/HelmRelease': ['spec', 'valuesFrom'],
  'kustomize.toolkit.fluxcd.io/Kustomization': ['spec', 'postBuild', 'substituteFrom'],
  'keda.sh/TriggerAuthentication': ['spec', 'configMapTargetRef'],
};

function referenceAt(
  manifest: Manifest,
  value: unknown,
  path: FieldPath,
  by: string,
  otherKey?: string,
): ConfigMapReference[] {
  const name = textAt(value, ['name']);
  if (!isRecord(value) || !name) return [];
  const fields = ['key', ...(otherKey ? [otherKey] : [])];
  const keys = [
    ...fields.flatMap((field) => {
      const key = textAt(value, [field]);
      return key ? [{ key, path: [...path, field] }] : [];
    }),
    ...listAt(value, ['items']).flatMap((item, index) => {
      const key = textAt(item, ['key']);
      return key ? [{ key, path: [...path, 'items', index, 'key'] }] : [];
    }),
  ];
  const optional = value.optional === true;
  return [{ manifest, by, name, path: [...path, 'name'], optional, keys }];
}
