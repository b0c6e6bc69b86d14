import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord, listAt, recordAt, textAt } from '../../kubernetes/fields.ts';
import { kubernetesVersions, schemasFolder } from '../catalogue.ts';
import { crdSchema } from '../crd-schema.ts';
import { closedSchema } from './closed-schema.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * CustomResourceDefinitions as files of a catalogue, `crds/<group>/<kind>_<version>.json`,
 * as strict as the API server with strict field validation. Versions without a schema are
 * left out.
 */
export function crdFiles(crds: readonly Fields[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const crd of crds) {
    const group = textAt(crd, ['spec', 'group']);
    const kind = textAt(crd, ['spec', 'names', 'kind']);
    if (!isName(group) || !isName(kind)) continue;
    for (const version of listAt(crd, ['spec', 'versions'])) {
      const name = textAt(version, ['name']);
      const openApi = recordAt(version, ['schema', 'openAPIV3Schema']);
      if (!isName(name) || !isRecord(version) || version.served === false) continue;
      if (Object.keys(openApi).length === 0) continue;
      files.set(`crds/${group}/${kind.toLowerCase()}_${name}.json`, crdSchemaFile(openApi));
      files.set(`crds/${group}/_metadata.json`, metadataFile());
    }
  }
  return files;
}

/** Names become paths. */
export function isName(text: string | undefined): text is string {
  return text !== undefined && /^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$/.test(text);
}

/** The file of one version, from its `openAPIV3Schema`; it refers to `_metadata.json` beside it. */
export function crdSchemaFile(openApi: Fields): string {
  const schema = closedSchema(crdSchema(openApi));
  const metadata = { $ref: '_metadata.json#/definitions/V1ObjectMeta' };
  const properties = { ...(schema.properties as Fields), metadata };
  return JSON.stringify({ $schema: draft, ...schema, properties });
}

const draft = 'http://json-schema.org/draft-07/schema#';

/** What every object may have as metadata, from the newest Kubernetes known. */
export function metadataFile(): string {
  const folder = `v${kubernetesVersions.at(-1)}.0-standalone-strict`;
  const text = readFileSync(join(schemasFolder, folder, '_definitions.json'), 'utf8');
  const { definitions } = JSON.parse(text) as { definitions: Record<string, Fields> };
  const { V1ObjectMeta, V1OwnerReference, V1ManagedFieldsEntry } = definitions;
  return JSON.stringify({ definitions: { V1ObjectMeta, V1OwnerReference, V1ManagedFieldsEntry } });
}
