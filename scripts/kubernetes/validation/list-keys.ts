import type { FieldPath, Manifest, Severity } from '../../model.ts';
import { type Fault, type Fields, fieldsOf, isBlank, items, plain, quoted } from '../faults.ts';
import { valueAt } from '../fields.ts';
import { podTemplateOf } from '../pod-templates.ts';

/** A list whose items are told apart by some of their fields. */
interface KeyedList {
  readonly field: string;
  readonly keys: readonly string[];
  /** What is taken for a key that an item leaves out. */
  readonly defaults?: Fields;
  /** `error` where the API server itself refuses duplicates, `warning` where only server-side apply does. */
  readonly severity: Severity;
}

const podLists: readonly KeyedList[] = [
  { field: 'initContainers', keys: ['name'], severity: 'error' },
  { field: 'containers', keys: ['name'], severity: 'error' },
  { field: 'volumes', keys: ['name'], severity: 'error' },
  {
    field: 'topologySpreadConstraints',
    keys: ['topologyKey', 'whenUnsatisfiable'],
    severity: 'error',
  },
  { field: 'schedulingGates', keys: ['name'], severity: 'error' },
  { field: 'resourceClaims', keys: ['name'], severity: 'error' },
  { field: 'imagePullSecrets', keys: ['name'], severity: 'warning' },
  { field: 'hostAliases', keys: ['ip'], severity: 'warning' },
];

const containerLists: readonly KeyedList[] = [
  { field: 'volumeMounts', keys: ['mountPath'], severity: 'error' },
  { field: 'volumeDevices', keys: ['devicePath'], severity: 'error' },
  {
    field: 'ports',
    keys: ['containerPort', 'protocol'],
    defaults: { protocol: 'TCP' },
    severity: 'warning',
  },
  { field: 'env', keys: ['name'], severity: 'warning' },
];

/** Lists of other kinds, and where they stand. */
const otherLists: Readonly<Record<string, readonly (KeyedList & { readonly at: FieldPath })[]>> = {
  'v1/Service': [
    {
      at: ['spec'],
      field: 'ports',
      keys: ['port', 'protocol'],
      defaults: { protocol: 'TCP' },
      severity: 'error',
    },
  ],
  'v1/ServiceAccount': [{ at: [], field: 'secrets', keys: ['name'], severity: 'warning' }],
  'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration': [
    { at: [], field: 'webhooks', keys: ['name'], severity: 'error' },
  ],
  'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration': [
    { at: [], field: 'webhooks', keys: ['name'], severity: 'error' },
  ],
};

/** Items of a list that have the same keys, by `x-kubernetes-list-map-keys` of the API server's types. */
export function* listKeyFaults(manifest: Manifest): Generator<Fault> {
  const kind = `${manifest.apiVersion}/${manifest.kind}`;
  for (const list of Object.hasOwn(otherLists, kind) ? (otherLists[kind] ?? []) : []) {
    yield* duplicates(fieldsOf(valueAt(manifest.data, list.at)), list.at, list);
  }
  const pod = podTemplateOf(manifest);
  if (!pod) return;
  for (const list of podLists) {
    if (pod.spec[list.field]) yield* duplicates(pod.spec, pod.specPath, list);
  }
  for (const field of ['initContainers', 'containers']) {
    for (const [container, at] of items(pod.spec[field], [...pod.specPath, field])) {
      for (const list of containerLists) {
        if (container[list.field]) yield* duplicates(container, at, list);
      }
    }
  }
}

function* duplicates(parent: Fields, path: FieldPath, list: KeyedList): Generator<Fault> {
  const { field, keys, defaults = {}, severity } = list;
  const value = parent[field];
  if (!Array.isArray(value) || value.length < 2) return;
  const seen = new Set<unknown>();
  for (const [item, at] of items(value, [...path, field])) {
    const values = keys.map((key) => (isBlank(item[key]) ? defaults[key] : item[key]));
    if (values.some(isBlank)) continue;
    const key = values.length === 1 ? values[0] : values.map(plain).join('\0');
    if (!seen.has(key)) {
      seen.add(key);
      continue;
    }
    const shown = keys.map((name, index) => `${name} ${quoted(values[index])}`).join(' and ');
    yield {
      path: [...at, keys[0] ?? ''],
      message: `${field} has ${shown} twice`,
      severity,
      fix:
        severity === 'error'
          ? 'Remove one of the two.'
          : 'Remove one of the two: server-side apply, which Flux always uses, refuses both.',
    };
  }
}
