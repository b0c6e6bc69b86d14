import type { Manifest } from '../model.ts';
import type { SchemaProblem } from './problems.ts';
import type { SchemaChoice } from './schema-choice.ts';

/** What an engine says of manifests for one Kubernetes version; undefined without a schema. */
export type Judge = (manifest: Manifest) => readonly SchemaProblem[] | undefined;

/** What an engine gets to know beforehand. */
export interface JudgeOptions {
  readonly manifests: readonly Manifest[];
  /** CRDs that win over every location, the later over the earlier. */
  readonly crds: readonly Manifest['data'][];
  /** The newest known when absent. */
  readonly kubernetes?: string;
  readonly choice: SchemaChoice;
}
