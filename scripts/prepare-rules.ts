import type { Discovery } from './discover/discover.ts';
import type { ReferenceDeclaration, Rendered, Rule, RuleSettings } from './model.ts';
import {
  type PreparePoliciesOptions,
  preparePolicies,
  renderPolicies,
} from './prepare-policies.ts';
import type { CanaryContext } from './provenance/canary.ts';
import {
  type Overridden,
  overriddenEverywhere,
} from './rules/kustomization/overridden-everywhere.ts';
import { withOptions } from './rules/options.ts';
import { policyRules } from './rules/policy-rules.ts';
import { rulesFor } from './rules/registry.ts';
import { kubernetesVersions } from './schema/catalogue.ts';
import { loadCrdRules } from './schema/crd-rules.ts';
import { deprecations } from './schema/deprecations.ts';
import { loadSchemas } from './schema/load-schemas.ts';
import type { SchemaChoice } from './schema/schema-choice.ts';
import { scopesWith } from './schema/scopes.ts';

export interface PrepareOptions extends Omit<PreparePoliciesOptions, 'isInvalid'> {
  /** Which schemas decide, and about which kinds. */
  readonly schemas?: SchemaChoice;
  /** Fields of custom resources that name other objects. */
  readonly references?: readonly ReferenceDeclaration[];
  /** Options of the built-in rules. */
  readonly ruleSettings?: RuleSettings;
  /** For what only a second build of all targets can tell. */
  readonly canary?: CanaryContext;
  /** Which of the rules will run; all by default. */
  readonly selectRule?: (rule: Rule) => boolean;
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
  discovery: Discovery,
  rendered: readonly Rendered[],
  options: PrepareOptions,
): Promise<PreparedRules> {
  const { clusters, otherCrds } = discovery;
  const { kubernetesVersion, schemas: choice, selectRule = isUsual } = options;
  const known = { rendered, clusters, otherCrds, ...(kubernetesVersion && { kubernetesVersion }) };
  const schemas = await loadSchemas({ ...known, ...(choice && { choice }) });
  const crdRules = await loadCrdRules({ ...known, check: schemas.check });
  const manifests = rendered.flatMap((one) => one.manifests);
  const changes = new Map(
    discovery.targets.map(({ target, input }) => [target.name, input.changed]),
  );
  const rules = rulesFor({
    changesOf: (target) => changes.get(target),
    schemas: schemas.check,
    crdRules,
    deprecations: deprecations(known),
    kubernetesVersions,
    ...(options.references && { references: options.references }),
    scopeOf: scopesWith([...manifests, ...otherCrds]),
    ...(options.canary &&
      selectRule(overriddenEverywhere()) && {
        overridden: await overriddenIn(options.canary),
      }),
    ...(needsPolicies(selectRule) && {
      policies: await preparePolicies(discovery, rendered, {
        ...options,
        isInvalid: (manifest) =>
          schemas.check(manifest).some(({ severity = 'error' }) => severity === 'error'),
      }),
    }),
  });
  return {
    rules: rules.map((rule) => withOptions(rule, options.ruleSettings)),
    notChecked: schemas.notChecked,
  };
}

/** Begins with what the rules need besides the targets, while those are rendered. */
export function beginRules(
  discovery: Discovery,
  { selectRule = isUsual }: Pick<PrepareOptions, 'selectRule'>,
): Pick<PrepareOptions, 'apart'> {
  if (!needsPolicies(selectRule)) return {};
  const apart = renderPolicies(discovery);
  // Whoever waits for it is told of a failure; until then it is nobody's.
  apart.catch(() => undefined);
  return { apart };
}

function needsPolicies(selectRule: (rule: Rule) => boolean): boolean {
  return policyRules({}).some(selectRule);
}

/** Loaded only where it is asked for. */
async function overriddenIn(context: CanaryContext): Promise<readonly Overridden[]> {
  const { overriddenValues } = await import('./provenance/overridden.ts');
  return overriddenValues(context);
}

/** Whether a rule is applied where nobody chose any. */
export function isUsual({ optIn }: Rule): boolean {
  return !optIn;
}
