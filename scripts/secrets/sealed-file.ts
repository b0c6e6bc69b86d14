import { type Document, isMap, parseAllDocuments, parseDocument } from 'yaml';
import { textAt } from '../kubernetes/fields.ts';
import { manifestsOf } from '../kubernetes/manifests.ts';
import { readYaml } from '../kubernetes/yaml.ts';
import type { Manifest } from '../model.ts';
import {
  certificateAnnotation,
  isSealedSecret,
  type SealScope,
  scopeAnnotation,
} from './sealed-secret.ts';

/** A name as kustomize gives it to the controller in the end. */
export interface SealedIdentity {
  readonly name: string;
  readonly namespace: string;
}

/** What a sealed value becomes part of. */
export interface SealedEntry {
  /** The name as it is written in the file, before kustomize. */
  readonly written: string;
  /** The name and namespace that the value is sealed for. */
  readonly identity: SealedIdentity;
  readonly scope: SealScope;
  readonly key: string;
  readonly ciphertext: string;
  readonly fingerprint: string;
}

/** The SealedSecret of that written name in a file; undefined when there is none. */
export function sealedSecretIn(text: string, written: string): Manifest | undefined {
  return manifestsOf(readYaml(text, '').documents, {}).find(
    (one) => isSealedSecret(one) && one.name === written,
  );
}

/**
 * The name and namespace under which a SealedSecret reaches the cluster: of the rendered
 * one if it is there, else what the kustomization would make of it.
 *
 * @returns undefined when no namespace can be told
 */
export function renderedIdentity(
  rendered: string,
  kustomization: string,
  written: string,
): SealedIdentity | undefined {
  const own = readYaml(kustomization, '').documents[0];
  const prefix = textAt(own, ['namePrefix']) ?? '';
  const suffix = textAt(own, ['nameSuffix']) ?? '';
  const sealed = manifestsOf(readYaml(rendered, '').documents, {}).filter(isSealedSecret);
  const exact = sealed.find(({ name }) => name === `${prefix}${written}${suffix}`);
  const [similar, another] = sealed.filter(({ name }) => name.includes(written));
  const found = exact ?? (another ? undefined : similar);
  const namespace = found?.namespace ?? textAt(own, ['namespace']);
  const name = found?.name ?? `${prefix}${written}${suffix}`;
  return namespace === undefined ? undefined : { name, namespace };
}

/**
 * Puts a sealed value into a file's SealedSecret, and makes one where there is none.
 * Comments, order and everything else stay as they are.
 */
export function withSealedEntry(text: string | undefined, entry: SealedEntry): string {
  if (text === undefined || text.trim() === '') return print([created(entry)]);
  const parsed = parseAllDocuments(text);
  const documents = Array.isArray(parsed) ? parsed : [];
  const found = documents.find(
    (one) =>
      one.get('kind') === 'SealedSecret' && one.getIn(['metadata', 'name']) === entry.written,
  );
  if (!found) return print([...documents, created(entry)]);
  apply(found, entry);
  return print(documents);
}

function created(entry: SealedEntry): Document {
  const { written, identity } = entry;
  const document = parseDocument(
    'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {}\nspec: {}\n',
  );
  document.setIn(
    ['metadata'],
    document.createNode({ name: written, namespace: identity.namespace }),
  );
  document.setIn(['spec'], document.createNode({ encryptedData: {} }));
  apply(document, entry);
  return document;
}

function apply(document: Document, entry: SealedEntry): void {
  const { identity, scope, key, ciphertext, fingerprint } = entry;
  // An empty mapping in braces would keep them, and hold a long line.
  const values = document.getIn(['spec', 'encryptedData']);
  if (isMap(values)) values.flow = false;
  document.setIn(['spec', 'encryptedData', key], ciphertext);
  document.setIn(['metadata', 'annotations', certificateAnnotation], fingerprint);
  const annotation = scopeAnnotation(scope);
  if (annotation) document.setIn(['metadata', 'annotations', annotation], 'true');
  document.setIn(['spec', 'template', 'metadata', 'name'], identity.name);
  document.setIn(['spec', 'template', 'metadata', 'namespace'], identity.namespace);
}

function print(documents: readonly Document[]): string {
  return documents.map((one) => one.toString({ lineWidth: 0 })).join('---\n');
}
