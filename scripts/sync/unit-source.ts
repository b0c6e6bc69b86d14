import type { FieldPath } from '../model.ts';

/** One source of a unit. */
export interface UnitSource {
  /** `files` lends its files to other sources (`ref`) and renders nothing. */
  readonly kind: 'git' | 'chart' | 'oci' | 'bucket' | 'files';
  /** The source in the unit: `['spec', 'sources', 1]`. */
  readonly at: FieldPath;
  /** URL; empty when what names it is not in Git. */
  readonly repository: string;
  /** Whether that URL is the repository being checked. */
  readonly isOwn: boolean;
  /** The Flux object that the source stands in, as `kind/namespace/name`. */
  readonly reference?: string;
  readonly revision: Revision;
  /** Folder from the repository root without `./`; empty for the root. Of `git`, `oci` and `bucket`. */
  readonly path?: string;
  /** Where the path is said, in the unit; absent when nowhere. */
  readonly pathAt?: FieldPath;
  /** Name of the chart. */
  readonly chart?: string;
  /** Name under which other sources use its files: `$values`. */
  readonly ref?: string;
  readonly valueFiles: readonly ValueFile[];
  /** Folders below are read too; Flux always does so without a kustomization. */
  readonly recursive: boolean;
  readonly include?: string;
  readonly exclude?: string;
}

/** A file of Helm values, from the repository root when it is in this one. */
export interface ValueFile {
  readonly at: FieldPath;
  readonly written: string;
  /** Absent when it is in another repository, a URL, or has a pattern. */
  readonly file?: string;
}

/** What of a repository is taken. `name` may be a branch or a tag. */
export interface Revision {
  readonly kind: 'head' | 'branch' | 'tag' | 'name' | 'commit' | 'digest' | 'semver' | 'unknown';
  /** As written; empty for `head` and `unknown`. */
  readonly value: string;
  /** Where it is said, in the unit or, with `reference`, in the Flux source. */
  readonly at: FieldPath;
}
