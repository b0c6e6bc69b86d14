import type { Rule } from '../model.ts';
import { createDetect } from '../secrets/detect.ts';
import { described } from './clusters/described.ts';
import { standInsReplaced } from './clusters/stand-ins-replaced.ts';
import { mergeTargetExists } from './external-secrets/merge-target-exists.ts';
import { noLiterals } from './external-secrets/no-literals.ts';
import { refreshed } from './external-secrets/refreshed.ts';
import { servedVersion } from './external-secrets/served-version.ts';
import { singleOwner } from './external-secrets/single-owner.ts';
import { specAccepted } from './external-secrets/spec-accepted.ts';
import { storeAdmitsNamespace } from './external-secrets/store-admits-namespace.ts';
import { storeAuthNamespace } from './external-secrets/store-auth-namespace.ts';
import { storeExists } from './external-secrets/store-exists.ts';
import { templateKeepsKeys } from './external-secrets/template-keeps-keys.ts';
import { templateKeysExist } from './external-secrets/template-keys-exist.ts';
import { pinnedTag } from './images/pinned-tag.ts';
import { insideRepository } from './kustomization/inside-repository.ts';
import { noPlugins } from './kustomization/no-plugins.ts';
import { noRemote } from './kustomization/no-remote.ts';
import { oneChoice } from './kustomization/one-choice.ts';
import { pathExists } from './kustomization/path-exists.ts';
import { usedImages } from './kustomization/used-images.ts';
import { usedPatches } from './kustomization/used-patches.ts';
import { secretExists } from './references/secret-exists.ts';
import { secretInNamespace } from './references/secret-in-namespace.ts';
import { secretKeyExists } from './references/secret-key-exists.ts';
import { secretNameKept } from './references/secret-name-kept.ts';
import { secretRefNested } from './references/secret-ref-nested.ts';
import { secretRollout } from './references/secret-rollout.ts';
import { secretTriggerAuthentication } from './references/secret-trigger-authentication.ts';
import { secretTypeFits } from './references/secret-type-fits.ts';
import { builds } from './render/builds.ts';
import { kustomizeVersion } from './render/kustomize-version.ts';
import { replicasUnset } from './scaling/replicas-unset.ts';
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
import { type ScopeOf, scopeRespected } from './schema/scope-respected.ts';
import { storageValid } from './schema/storage-valid.ts';
import { type SchemaCheck, schemaValid } from './schema/valid.ts';
import { versionCurrent } from './schema/version-current.ts';
import { versionKnown } from './schema/version-known.ts';
import { workloadValid } from './schema/workload-valid.ts';
import { ciphertextValid } from './sealed-secrets/ciphertext-valid.ts';
import { currentCertificate } from './sealed-secrets/current-certificate.ts';
import { noPlaintext } from './sealed-secrets/no-plaintext.ts';
import { scopeAnnotated } from './sealed-secrets/scope-annotated.ts';
import { sealedForName } from './sealed-secrets/sealed-for-name.ts';
import { sealedOnce } from './sealed-secrets/sealed-once.ts';
import { templateKeysSealed } from './sealed-secrets/template-keys-sealed.ts';
import { configWithoutCredentials } from './secrets/config-without-credentials.ts';
import { credentialsReferenced } from './secrets/credentials-referenced.ts';
import { dataEncoded } from './secrets/data-encoded.ts';
import { encrypted } from './secrets/encrypted.ts';
import { filesUntracked } from './secrets/files-untracked.ts';
import { generatorsEncrypted } from './secrets/generators-encrypted.ts';
import { noPlaceholders } from './secrets/no-placeholders.ts';
import { noTokens } from './secrets/no-tokens.ts';
import { urlsWithoutPassword } from './secrets/urls-without-password.ts';
import { serviceSelectsPods } from './selectors/service-selects-pods.ts';
import { creationRuleApplied } from './sops/creation-rule-applied.ts';
import { decrypted } from './sops/decrypted.ts';
import { metadataValid as sopsMetadataValid } from './sops/metadata-valid.ts';
import { valuesEncrypted } from './sops/values-encrypted.ts';
import { appliedAsWritten } from './sync/applied-as-written.ts';
import { pathExists as syncedPathExists } from './sync/path-exists.ts';
import { kubernetesObject } from './yaml/kubernetes-object.ts';
import { wellFormed } from './yaml/well-formed.ts';

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
}

/** Every built-in rule, in the order of the documentation. */
export function rulesFor(inputs: RuleInputs): readonly Rule[] {
  const { schemas, crdRules, deprecations, kubernetesVersions, scopeOf } = inputs;
  const detect = createDetect();
  return [
    wellFormed,
    kubernetesObject,
    pathExists,
    insideRepository,
    noRemote,
    noPlugins,
    oneChoice,
    usedImages,
    usedPatches,
    builds,
    kustomizeVersion,
    described,
    standInsReplaced,
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
    pinnedTag,
    replicasUnset,
    serviceSelectsPods,
    syncedPathExists,
    appliedAsWritten,
    servedVersion,
    storeExists,
    storeAdmitsNamespace,
    storeAuthNamespace,
    specAccepted,
    singleOwner,
    mergeTargetExists,
    templateKeysExist,
    templateKeepsKeys,
    noLiterals,
    refreshed,
    encrypted,
    generatorsEncrypted,
    credentialsReferenced(detect),
    urlsWithoutPassword(detect),
    noTokens(detect),
    noPlaceholders,
    configWithoutCredentials(detect),
    dataEncoded,
    filesUntracked,
    ciphertextValid,
    sealedForName,
    scopeAnnotated,
    noPlaintext,
    sealedOnce,
    currentCertificate,
    templateKeysSealed,
    valuesEncrypted,
    sopsMetadataValid,
    creationRuleApplied,
    decrypted,
    secretExists,
    secretKeyExists,
    secretInNamespace,
    secretNameKept,
    secretTypeFits,
    secretRefNested,
    secretTriggerAuthentication,
    secretRollout,
  ];
}

/** The rules for telling about them, not for running. */
export const rules: readonly Rule[] = rulesFor({
  schemas: () => [],
  crdRules: () => [],
  deprecations: () => [],
  kubernetesVersions: [],
  scopeOf: () => undefined,
});
