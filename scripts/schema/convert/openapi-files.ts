import { isRecord, listAt, recordAt, textAt } from '../../kubernetes/fields.ts';
import { builtInSchema } from './built-in-schema.ts';
import { crdSchemaFile, isName, metadataFile } from './crd-files.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A document of a cluster's `/openapi/v3`. */
export function isOpenApi(value: unknown): value is Fields {
  return textAt(value, ['openapi']) !== undefined && isRecord(value);
}

/** The Kubernetes version that a document names, as `1.34`. */
export function openApiVersion(document: Fields): string | undefined {
  return /^v?(1\.\d+)/.exec(textAt(document, ['info', 'version']) ?? '')?.[1];
}

/**
 * The kinds of a cluster as files of a catalogue: those of Kubernetes itself in the folder
 * of its minor, all others below `crds/`. As strict as the API server with strict field
 * validation.
 */
export function openApiFiles(documents: readonly Fields[], minor: string): Map<string, string> {
  const schemas: Record<string, Fields> = {};
  for (const document of documents) {
    Object.assign(schemas, recordAt(document, ['components', 'schemas']));
  }
  const folder = `v${minor}.0-standalone-strict`;
  const files = new Map<string, string>();
  const definitions: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    if (builtIn.test(name)) definitions[name] = builtInSchema(schema, schemas);
    if (shared.test(name)) continue;
    for (const { group, version, kind } of kindsOf(schema)) {
      if (builtIn.test(name)) {
        const suffix = [group.split('.')[0], version].filter(Boolean).join('-');
        const $ref = `_definitions.json#/definitions/${name}`;
        files.set(`${folder}/${kind}-${suffix}.json`.toLowerCase(), JSON.stringify({ $ref }));
      } else if (group !== '') {
        files.set(`crds/${group}/${kind.toLowerCase()}_${version}.json`, crdSchemaFile(schema));
        files.set(`crds/${group}/_metadata.json`, metadataFile());
      }
    }
  }
  if (Object.keys(definitions).length > 0) {
    files.set(`${folder}/_definitions.json`, JSON.stringify({ definitions }));
  }
  return files;
}

/** Other API groups below k8s.io are CRDs, such as those of Gateway API. */
const builtIn = /^io\.k8s\.(?:api|apimachinery|kube-aggregator|apiextensions-apiserver)\./;
/** What occurs in many groups is a part or an answer, and no object of any. */
const shared = /^io\.k8s\.apimachinery\./;

function kindsOf(schema: Fields): { group: string; version: string; kind: string }[] {
  return listAt(schema, ['x-kubernetes-group-version-kind']).flatMap((one) => {
    const group = textAt(one, ['group']) ?? '';
    const version = textAt(one, ['version']);
    const kind = textAt(one, ['kind']);
    if (!isName(version) || !isName(kind) || (group !== '' && !isName(group))) return [];
    return [{ group, version, kind }];
  });
}
