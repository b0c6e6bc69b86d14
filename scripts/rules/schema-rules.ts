import type { Rule } from '../model.ts';
import type { RuleInputs } from './inputs.ts';
import { celValid } from './schema/cel-valid.ts';
import { crdValid } from './schema/crd-valid.ts';
import { durationValid } from './schema/duration-valid.ts';
import { listKeysUnique } from './schema/list-keys-unique.ts';
import { metadataValid } from './schema/metadata-valid.ts';
import { networkValid } from './schema/network-valid.ts';
import { podValid } from './schema/pod-valid.ts';
import { rbacValid } from './schema/rbac-valid.ts';
import { resourcesValid } from './schema/resources-valid.ts';
import { scalingValid } from './schema/scaling-valid.ts';
import { scopeRespected } from './schema/scope-respected.ts';
import { storageValid } from './schema/storage-valid.ts';
import { schemaValid } from './schema/valid.ts';
import { versionCurrent } from './schema/version-current.ts';
import { versionKnown } from './schema/version-known.ts';
import { workloadValid } from './schema/workload-valid.ts';

/** Rules that the API server has about single objects. */
export function schemaRules(inputs: RuleInputs): readonly Rule[] {
  const { schemas, crdRules, deprecations, kubernetesVersions, scopeOf } = inputs;
  return [
    schemaValid(schemas),
    versionKnown(kubernetesVersions),
    versionCurrent(deprecations),
    metadataValid,
    scopeRespected(scopeOf),
    listKeysUnique,
    podValid,
    resourcesValid,
    workloadValid,
    networkValid,
    scalingValid,
    storageValid,
    rbacValid,
    crdValid,
    celValid(crdRules),
    durationValid,
  ];
}
