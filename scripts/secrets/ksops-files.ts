import { posix } from 'node:path';
import { textAt } from '../kubernetes/fields.ts';
import { isNamedObject, ksopsEntriesOf, ksopsReferencesOf } from '../kubernetes/ksops.ts';
import { openLocator } from '../kubernetes/locate-field.ts';
import type { Location, Rendered, SourceFile } from '../model.ts';

/** What KSOPS does for a target. */
export interface KsopsUse {
  /** The entries under `generators` that ask it. */
  readonly generators: readonly { readonly location: Location }[];
  /** MACs of the objects that it decrypts: SOPS makes no two alike. */
  readonly macs: ReadonlySet<string>;
  /** Whether it also brings objects whose names are encrypted, so that nobody knows them. */
  readonly hidesNames: boolean;
}

const nothing: KsopsUse = { generators: [], macs: new Set(), hidesNames: false };

/** What KSOPS does for a target, as the files say that the target is rendered from. */
export function ksopsIn(
  { files }: Pick<Rendered, 'files'>,
  sources: ReadonlyMap<string, SourceFile>,
): KsopsUse {
  const uses = files.flatMap((file) => usesIn(file, sources));
  if (uses.length === 0) return nothing;
  const documents = uses.flatMap((one) => one.encrypted);
  const macs = documents.flatMap((one) => textAt(one, ['sops', 'mac']) ?? []);
  const hidesNames = documents.some((one) => !isNamedObject(one));
  return { generators: uses, macs: new Set(macs), hidesNames };
}

function usesIn(file: string, sources: ReadonlyMap<string, SourceFile>) {
  const source = sources.get(file);
  const kustomization = source?.documents[0];
  const folder = posix.dirname(file);
  const documentsOf = (path: string) => sources.get(path)?.documents;
  return ksopsEntriesOf(kustomization, folder, documentsOf).map(({ index, generators }) => ({
    location: openLocator(source?.text ?? '', file).locate(0, ['generators', index]).location,
    encrypted: generators
      .flatMap(ksopsReferencesOf)
      .filter(({ use }) => use === 'resource')
      .flatMap(({ value }) => documentsOf(posix.normalize(posix.join(folder, value))) ?? []),
  }));
}
