import type { Rule } from '../model.ts';
import { described } from './clusters/described.ts';
import { pinnedTag } from './images/pinned-tag.ts';
import { insideRepository } from './kustomization/inside-repository.ts';
import { noPlugins } from './kustomization/no-plugins.ts';
import { noRemote } from './kustomization/no-remote.ts';
import { pathExists } from './kustomization/path-exists.ts';
import { builds } from './render/builds.ts';
import { kustomizeVersion } from './render/kustomize-version.ts';
import { replicasUnset } from './scaling/replicas-unset.ts';
import { type SchemaCheck, schemaValid } from './schema/valid.ts';
import { versionKnown } from './schema/version-known.ts';
import { serviceSelectsPods } from './selectors/service-selects-pods.ts';
import { pathExists as syncedPathExists } from './sync/path-exists.ts';
import { wellFormed } from './yaml/well-formed.ts';

/** What rules need that has to be made before they run. */
export interface RuleInputs {
  readonly schemas: SchemaCheck;
  /** Kubernetes minors that schemas are known for, ascending. */
  readonly kubernetesVersions: readonly string[];
}

/** Every built-in rule, in the order of the documentation. */
export function rulesFor({ schemas, kubernetesVersions }: RuleInputs): readonly Rule[] {
  return [
    wellFormed,
    pathExists,
    insideRepository,
    noRemote,
    noPlugins,
    builds,
    kustomizeVersion,
    described,
    schemaValid(schemas),
    versionKnown(kubernetesVersions),
    pinnedTag,
    replicasUnset,
    serviceSelectsPods,
    syncedPathExists,
  ];
}

/** The rules for telling about them, not for running. */
export const rules: readonly Rule[] = rulesFor({
  schemas: () => [],
  kubernetesVersions: [],
});
