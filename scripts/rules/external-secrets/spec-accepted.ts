import { isRecord, listAt, recordAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import type { FieldPath, ManifestRule, Severity } from '../../model.ts';
import { externalSecretSpecOf } from '../../secrets/external-secret.ts';

export const specAccepted: ManifestRule = {
  id: 'external-secrets/spec-accepted',
  scope: 'manifest',
  severity: 'error',
  summary: "An ExternalSecret is one that the operator's webhook and controller accept.",
  why: 'The webhook refuses it at sync, or the controller does so later, where nobody looks.',
  fix: 'Split entries that have two sources, and choose policies that go together.',
  docs: 'https://external-secrets.io/latest/api/externalsecret/',
  aliases: ['ESO205'],

  *check(manifest) {
    const spec = externalSecretSpecOf(manifest);
    if (!spec) return;
    const faults = [...entryFaults(spec.data), ...policyFaults(spec.data)];
    for (const { path, ...fault } of faults) {
      yield { manifest, path: [...spec.path, ...path], ...fault };
    }
  },
};

interface Fault {
  readonly path: FieldPath;
  readonly message: string;
  readonly severity?: Severity;
}

type Spec = Readonly<Record<string, unknown>>;

function* entryFaults(spec: Spec): Generator<Fault> {
  const data = listAt(spec, ['data']);
  const from = listAt(spec, ['dataFrom']);
  if (data.length === 0 && from.length === 0) {
    yield { path: [], message: 'there is neither data nor dataFrom' };
  }
  const hasStore = textAt(spec, ['secretStoreRef', 'name']) !== undefined;
  const seen = new Set<string>();
  const keeps = (textAt(spec, ['target', 'deletionPolicy']) ?? 'Retain') === 'Retain';
  for (const [index, entry] of data.entries()) {
    const path = ['data', index];
    const source = isRecord(entry) ? entry.sourceRef : undefined;
    const key = textAt(entry, ['secretKey']) ?? '';
    if (isRecord(source)) {
      if (source.generatorRef !== undefined) {
        yield {
          path: [...path, 'sourceRef', 'generatorRef'],
          message: 'generatorRef is only for dataFrom',
        };
      } else if (source.storeRef === undefined) {
        yield { path: [...path, 'sourceRef'], message: 'sourceRef names no store' };
      }
    } else if (!hasStore) {
      yield { path, message: `"${key}" has no store to come from` };
    }
    if (keeps && key !== '' && seen.has(key)) {
      yield { path: [...path, 'secretKey'], message: `secretKey "${key}" is there twice` };
    }
    seen.add(key);
  }
  for (const [index, entry] of from.entries())
    yield* fromFaults(entry, ['dataFrom', index], hasStore);
}

function* fromFaults(entry: unknown, path: FieldPath, hasStore: boolean): Generator<Fault> {
  if (!isRecord(entry)) return;
  const generator = valueAt(entry, ['sourceRef', 'generatorRef']);
  const store = valueAt(entry, ['sourceRef', 'storeRef']);
  const sources = [
    ...['extract', 'find'].filter((field) => entry[field] !== undefined),
    ...(generator === undefined ? [] : ['generatorRef']),
  ];
  if (sources.length > 1)
    yield { path, message: `${sources.join(' and ')} are together in one entry` };
  else if (generator !== undefined && store !== undefined) {
    yield { path: [...path, 'sourceRef'], message: 'storeRef and generatorRef are together' };
  } else if (sources.length === 0) {
    yield { path, message: 'the entry has neither extract, find nor generatorRef' };
  } else if (generator === undefined && store === undefined && !hasStore) {
    yield { path, message: `${sources[0]} has no store to come from` };
  }
}

function* policyFaults(spec: Spec): Generator<Fault> {
  const creation = textAt(spec, ['target', 'creationPolicy']) ?? 'Owner';
  const deletion = textAt(spec, ['target', 'deletionPolicy']) ?? 'Retain';
  const path = ['target', 'deletionPolicy'];
  const message = `deletionPolicy ${deletion} does not go with creationPolicy ${creation}`;
  if (deletion === 'Delete' && ['Merge', 'None', 'CreateOrMerge'].includes(creation)) {
    yield { path, message };
  }
  if (deletion === 'Merge' && creation === 'None') yield { path, message };
  // The webhook lets it pass, and the controller refuses.
  if (deletion === 'Delete' && creation === 'Orphan') yield { path, message, severity: 'warning' };
  const template = recordAt(spec, ['target', 'template']);
  const type = textAt(template, ['type']);
  const account = 'kubernetes.io/service-account.name';
  const isToken =
    type === 'kubernetes.io/service-account-token' &&
    recordAt(template, ['metadata', 'annotations'])[account] !== undefined;
  if (isToken || type === 'bootstrap.kubernetes.io/token') {
    yield { path: ['target', 'template', 'type'], message: `a Secret of type ${type} is refused` };
  }
}
