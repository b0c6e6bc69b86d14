import type { ReferenceDeclaration } from '../model.ts';
import type { ChangesOf } from './kustomization/engine-uses.ts';
import type { Overridden } from './kustomization/overridden-everywhere.ts';
import type { PolicyCheck } from './policies/policy-check.ts';
import type { ScopeOf } from './schema/scope-respected.ts';
import type { SchemaCheck } from './schema/valid.ts';

/** What rules need that has to be made before they run. */
export interface RuleInputs {
  readonly schemas: SchemaCheck;
  /** The CEL rules of custom resource definitions. */
  readonly crdRules: SchemaCheck;
  /** What the Kubernetes of a manifest's clusters will not serve for ever. */
  readonly deprecations: SchemaCheck;
  /** Kubernetes minors that schemas are known for, ascending. */
  readonly kubernetesVersions: readonly string[];
  /** Whether the objects of a manifest's kind live in a namespace. */
  readonly scopeOf: ScopeOf;
  /** Fields of custom resources that name other objects; none when absent. */
  readonly references?: readonly ReferenceDeclaration[];
  /** What engines put into kustomizations; nothing when absent. */
  readonly changesOf?: ChangesOf;
  /** What of bases decides in no target; nothing when absent. */
  readonly overridden?: readonly Overridden[];
  /** What admission policies say; nothing when absent. */
  readonly policies?: PolicyCheck;
}
