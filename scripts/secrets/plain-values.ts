import { isRecord, listAt, recordAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { readYaml } from '../kubernetes/yaml.ts';
import type { FieldPath } from '../model.ts';
import { decodeBase64 } from './base64.ts';
import { isCredentialName } from './credential-names.ts';
import { isPlaceholder } from './placeholders.ts';

/** Values of a Secret that are readable in Git. */
export interface PlainValues {
  /** `Secret ns/name`, as far as it is written. */
  readonly secret: string;
  readonly count: number;
  /** Where the first of them stands. */
  readonly path: FieldPath;
}

/** What is filled in at the time it is applied, or is encrypted. */
const elsewhere =
  /^\s*$|\$\([^)]+\)|\$\{[^}]+\}|\{\{|^<[^<>]*:[^<>]*>$|^(ref\+|vault:|op:\/\/)|^ENC\[AES256_GCM,/;

/**
 * The readable values of every Secret in a document: of the Secret itself, of a patch of
 * one, and of those that a kustomization patches in place.
 */
export function plainValuesIn(document: unknown): PlainValues[] {
  if (Array.isArray(document)) return patchedValues(document, [], false);
  if (!isRecord(document)) return [];
  if (document.kind === 'List') {
    return listAt(document, ['items']).flatMap((item, index) =>
      plainValuesIn(item).map((one) => ({ ...one, path: ['items', index, ...one.path] })),
    );
  }
  if (document.kind === 'Secret' && document.apiVersion === 'v1') return secretValues(document);
  return listAt(document, ['patches']).flatMap((patch, index) => {
    const text = textAt(patch, ['patch']);
    if (!text) return [];
    const path = ['patches', index, 'patch'];
    const isSecret = textAt(patch, ['target', 'kind']) === 'Secret';
    return readYaml(text, '').documents.flatMap((one) =>
      Array.isArray(one)
        ? patchedValues(one, path, isSecret)
        : plainValuesIn(one).map((found) => ({ ...found, path })),
    );
  });
}

function secretValues(secret: Readonly<Record<string, unknown>>): PlainValues[] {
  // What SOPS left readable in its own Secret is `sops/values-encrypted`.
  if (isRecord(secret.sops)) return [];
  const name = textAt(secret, ['metadata', 'name']) ?? '';
  const namespace = textAt(secret, ['metadata', 'namespace']);
  const isRepository = repositoryLabel in recordAt(secret, ['metadata', 'labels']);
  const found = (['data', 'stringData'] as const).flatMap((field) =>
    Object.entries(recordAt(secret, [field])).flatMap(([key, value]) =>
      isPlain(field, key, value, isRepository) ? [[field, key]] : [],
    ),
  );
  const annotation = 'kubectl.kubernetes.io/last-applied-configuration';
  const applied = recordAt(secret, ['metadata', 'annotations'])[annotation];
  const isApplied = typeof applied === 'string' && /"(stringData|data)":\{"/.test(applied);
  const [first = ['metadata', 'annotations', annotation]] = found;
  const count = found.length + (isApplied ? 1 : 0);
  const full = `Secret ${namespace ? `${namespace}/` : ''}${name}`;
  return count > 0 ? [{ secret: full, count, path: first }] : [];
}

/** Argo CD keeps repositories and clusters as Secrets, most of whose fields are none. */
const repositoryLabel = 'argocd.argoproj.io/secret-type';

function isPlain(field: string, key: string, value: unknown, isRepository: boolean): boolean {
  if (typeof value !== 'string') return false;
  const text = field === 'data' ? decodeBase64(value)?.toString() : value;
  // What is no base64 is `secrets/data-encoded`, and what was never filled in is a placeholder.
  if (text === undefined || elsewhere.test(text) || isPlaceholder(text, isCredentialName(key))) {
    return false;
  }
  return !isRepository || isCredentialName(key) || /token|password|privatekey/i.test(text);
}

/** JSON 6902 operations that put a value into a Secret; only a Secret has `stringData`. */
function patchedValues(operations: readonly unknown[], at: FieldPath, isSecret: boolean) {
  return operations.flatMap((operation, index): PlainValues[] => {
    const to = textAt(operation, ['path']) ?? '';
    const value = valueAt(operation, ['value']);
    const [, field = '', key = ''] = /^\/(data|stringData)(?:\/(.+))?$/.exec(to) ?? [];
    if (field === '' || (field === 'data' && !isSecret)) return [];
    const values = isRecord(value) ? Object.entries(value) : [[key, value] as const];
    const count = values.filter(([name, one]) => isPlain(field, name, one, false)).length;
    const path = at.length > 0 ? at : [index, 'value'];
    return count > 0 ? [{ secret: 'the patched Secret', count, path }] : [];
  });
}
