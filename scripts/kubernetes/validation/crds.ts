import { type Fault, type Fields, fieldsOf, isBlank, items, plain, quoted } from '../faults.ts';
import { isRecord, textAt } from '../fields.ts';
import { dns1035Label, dnsSubdomain, named } from '../names.ts';
import { structuralFaults } from './structural-schemas.ts';

/** A CustomResourceDefinition: ValidateCustomResourceDefinition of k8s.io/apiextensions-apiserver. */
export function* crdFaults(data: Fields): Generator<Fault> {
  const spec = fieldsOf(data.spec);
  yield* groupFaults(spec.group, data);
  yield* namesFaults(fieldsOf(spec.names));
  yield* versionsFaults(spec.versions);
  if (spec.preserveUnknownFields === true) {
    const fix = 'Set `x-kubernetes-preserve-unknown-fields: true` in the schema instead.';
    const message = 'preserveUnknownFields true is refused since apiextensions.k8s.io/v1';
    yield { path: ['spec', 'preserveUnknownFields'], message, fix };
  }
  const { strategy, webhook } = fieldsOf(spec.conversion);
  if (strategy === 'Webhook' && !isRecord(webhook)) {
    yield { path: ['spec', 'conversion'], message: 'conversion by Webhook names no webhook' };
  }
}

function* groupFaults(group: unknown, data: Fields): Generator<Fault> {
  if (typeof group !== 'string') return;
  const path = ['spec', 'group'];
  yield* named('group', group, path, dnsSubdomain);
  if (!group.includes('.')) yield { path, message: `group ${quoted(group)} has no dot` };
  const approval = ['metadata', 'annotations', 'api-approved.kubernetes.io'];
  if (/(?:^|\.)(?:k8s|kubernetes)\.io$/.test(group) && isBlank(textAt(data, approval))) {
    const message = `group ${quoted(group)} belongs to Kubernetes, and there is no annotation api-approved.kubernetes.io`;
    yield {
      path,
      message,
      fix: 'Use a domain of your own, or add the annotation of an approved API.',
    };
  }
}

function* namesFaults(names: Fields): Generator<Fault> {
  const path = ['spec', 'names'];
  const { kind, listKind, shortNames } = names;
  for (const field of ['plural', 'singular']) {
    if (!isBlank(names[field])) yield* named(field, names[field], [...path, field], dns1035Label);
  }
  for (const field of ['kind', 'listKind']) {
    const value = names[field];
    // Capitals are what kinds have besides.
    const lower = typeof value === 'string' ? value.toLowerCase() : undefined;
    if (!isBlank(lower)) yield* named(field, lower, [...path, field], dns1035Label);
  }
  if (!isBlank(kind) && kind === listKind) {
    yield { path: [...path, 'listKind'], message: `listKind ${quoted(listKind)} is that of kind` };
  }
  for (const [index, name] of Array.isArray(shortNames) ? shortNames.entries() : []) {
    yield* named('short name', name, [...path, 'shortNames', index], dns1035Label);
  }
}

function* versionsFaults(versions: unknown): Generator<Fault> {
  if (!Array.isArray(versions)) return;
  const path = ['spec', 'versions'];
  const stored = versions.filter((version) => fieldsOf(version).storage === true);
  if (stored.length !== 1) {
    const names = stored.map((version) => plain(fieldsOf(version).name)).join(' and ');
    const message = `${stored.length === 0 ? 'no version is' : `versions ${names} are`} marked as storage`;
    yield { path, message, fix: 'Set `storage: true` for exactly one version.' };
  }
  const seen = new Set<unknown>();
  for (const [version, at] of items(versions, path)) {
    yield* named('version', version.name, [...at, 'name'], dns1035Label);
    if (seen.has(version.name)) {
      yield { path: [...at, 'name'], message: `version ${quoted(version.name)} is listed twice` };
    }
    seen.add(version.name);
    const { openAPIV3Schema } = fieldsOf(version.schema);
    if (!isRecord(openAPIV3Schema)) {
      const message = `version ${quoted(version.name)} has no openAPIV3Schema`;
      yield { path: [...at, 'schema'], message };
    } else yield* structuralFaults(openAPIV3Schema, [...at, 'schema', 'openAPIV3Schema']);
    yield* scaleFaults(version, at);
  }
}

function* scaleFaults(version: Fields, path: readonly (string | number)[]): Generator<Fault> {
  const scale = fieldsOf(fieldsOf(version.subresources).scale);
  const roots = { specReplicasPath: '.spec.', statusReplicasPath: '.status.' };
  for (const [field, root] of Object.entries(roots)) {
    const value = scale[field];
    if (typeof value !== 'string' || value.startsWith(root)) continue;
    const message = `${field} ${quoted(value)} does not begin with "${root}"`;
    yield { path: [...path, 'subresources', 'scale', field], message };
  }
}
