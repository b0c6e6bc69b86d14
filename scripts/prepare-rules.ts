import type { Discovery } from './discover/discover.ts';
import type { Rendered, Rule } from './model.ts';
import { rulesFor } from './rules/registry.ts';
import { kubernetesVersions } from './schema/catalogue.ts';
import { loadCrdRules } from './schema/crd-rules.ts';
import { deprecations } from './schema/deprecations.ts';
import { loadSchemas } from './schema/load-schemas.ts';
import type { SchemaChoice } from './schema/schema-choice.ts';
import { scopesWith } from './schema/scopes.ts';

export interface PrepareOptions {
  /** Decides instead of what each cluster says, as `1.34`. */
  readonly kubernetesVersion?: string;
  /** Which schemas decide, and about which kinds. */
  readonly schemas?: SchemaChoice;
}

export interface PreparedRules {
  readonly rules: readonly Rule[];
  /** Kinds that no schema was found for, as `apiVersion/Kind`, sorted. */
  readonly notChecked: readonly string[];
}

/**
 * The built-in rules with what they need to know of this repository: schemas, CRDs,
 * deprecations and the scope of every kind.
 *
 * @throws UserError when a schema or version that was asked for is none
 */
export async function prepareRules(
  { clusters, otherCrds }: Discovery,
  rendered: readonly Rendered[],
  { kubernetesVersion, schemas: choice }: PrepareOptions,
): Promise<PreparedRules> {
  const known = { rendered, clusters, otherCrds, ...(kubernetesVersion && { kubernetesVersion }) };
  const schemas = await loadSchemas({ ...known, ...(choice && { choice }) });
  const crdRules = await loadCrdRules({ ...known, check: schemas.check });
  const manifests = rendered.flatMap((one) => one.manifests);
  const rules = rulesFor({
    schemas: schemas.check,
    crdRules,
    deprecations: deprecations(known),
    kubernetesVersions,
    scopeOf: scopesWith([...manifests, ...otherCrds]),
  });
  return { rules, notChecked: schemas.notChecked };
}
