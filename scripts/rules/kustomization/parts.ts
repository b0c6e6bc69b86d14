import { posix } from 'node:path';
import { isRecord, recordAt, textAt } from '../../kubernetes/fields.ts';
import { kustomizationNames, referencesOf } from '../../kubernetes/kustomization.ts';
import { manifestsOf } from '../../kubernetes/manifests.ts';
import { patchEntriesOf } from '../../kubernetes/patch-entries.ts';
import { readYaml } from '../../kubernetes/yaml.ts';
import type { FieldPath, Manifest } from '../../model.ts';
import type { KustomizationUse } from '../kustomizations.ts';

/** A patch entry of a kustomization with what it says. */
export interface WrittenPatch {
  readonly kustomization: string;
  /** Path of the entry in its kustomization. */
  readonly path: FieldPath;
  readonly target?: Readonly<Record<string, unknown>>;
  /** Strategic merge patches, or lists of JSON operations. */
  readonly documents: readonly unknown[];
}

/** A kustomization of a target, by its file. */
export interface WrittenKustomization {
  readonly file: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** What all the targets that use a kustomization are written of. */
export interface Parts {
  readonly kustomizations: readonly WrittenKustomization[];
  /** The objects that files declare, as they are written. */
  readonly declared: readonly Manifest[];
  readonly patches: readonly WrittenPatch[];
}

/** Tells objects from patches, which look alike, by which field names their file. */
export function partsOf({ files }: Pick<KustomizationUse, 'files'>): Parts {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const kustomizations = files.flatMap(({ path, documents: [value] }) =>
    kustomizationNames.includes(posix.basename(path)) && isRecord(value)
      ? [{ file: path, value }]
      : [],
  );
  const resources = new Set(
    kustomizations.flatMap(({ file, value }) =>
      referencesOf(value).flatMap((one) =>
        one.use === 'resource' && !one.value.startsWith('/')
          ? [posix.normalize(posix.join(posix.dirname(file), one.value))]
          : [],
      ),
    ),
  );
  return {
    kustomizations,
    declared: [...resources].flatMap((path) =>
      manifestsOf(byPath.get(path)?.documents ?? [], { origin: { file: path } }),
    ),
    patches: kustomizations.flatMap(({ file, value }) =>
      patchEntriesOf(file, value).map(({ inline, file: own, ...entry }) => ({
        ...entry,
        documents: inline
          ? readYaml(textAt(value, inline) ?? '', '').documents
          : (byPath.get(own ?? '')?.documents ?? []),
      })),
    ),
  };
}

/** Whether any of some kustomizations has one of these fields. */
export function hasAny(
  kustomizations: readonly WrittenKustomization[],
  ...fields: readonly string[]
): boolean {
  return kustomizations.some(({ value }) =>
    fields.some((field) => recordAt(value, [])[field] !== undefined),
  );
}
