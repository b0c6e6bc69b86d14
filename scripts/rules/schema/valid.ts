import { valueAt } from '../../kubernetes/fields.ts';
import type { FieldPath, Manifest, ManifestRule, Severity } from '../../model.ts';
import { isSopsDocument, looksEncrypted } from '../../secrets/sops.ts';

/** What a schema refuses in one object. */
interface SchemaProblem {
  readonly path: FieldPath;
  readonly message: string;
  readonly fix?: string;
  readonly severity?: Severity;
}

/** Asks the schemas of every cluster that the manifest lands in. */
export type SchemaCheck = (manifest: Manifest) => readonly SchemaProblem[];

/** @param check decides by schemas that have been loaded before */
export function schemaValid(check: SchemaCheck): ManifestRule {
  return {
    id: 'schema/valid',
    scope: 'manifest',
    severity: 'error',
    summary: 'Every object is one that the API server of its cluster accepts by its schema.',
    why: 'The API server refuses the object, or drops the field it does not know, and the sync fails or does less than it says.',
    fix: 'See the reference of the kind for the fields it has and their types.',
    docs: 'https://kubernetes.io/docs/reference/kubernetes-api/',

    *check(manifest) {
      const isEncrypted = isSopsDocument(manifest.data);
      for (const problem of check(manifest)) {
        if (isEncrypted && isGoneWhenDecrypted(manifest, problem.path)) continue;
        yield { manifest, ...problem };
      }
    },
  };
}

/** The API server sees neither SOPS's own field nor ciphertext; rules `sops/*` tell when it would. */
function isGoneWhenDecrypted({ data }: Manifest, path: FieldPath): boolean {
  const value = valueAt(data, path);
  return path[0] === 'sops' || (typeof value === 'string' && looksEncrypted(value));
}
