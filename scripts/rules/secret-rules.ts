import type { Rule } from '../model.ts';
import { createDetect } from '../secrets/detect.ts';
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
import { secretExists } from './references/secret-exists.ts';
import { secretInNamespace } from './references/secret-in-namespace.ts';
import { secretKeyExists } from './references/secret-key-exists.ts';
import { secretNameKept } from './references/secret-name-kept.ts';
import { secretRefNested } from './references/secret-ref-nested.ts';
import { secretRollout } from './references/secret-rollout.ts';
import { secretTriggerAuthentication } from './references/secret-trigger-authentication.ts';
import { secretTypeFits } from './references/secret-type-fits.ts';
import { ciphertextValid } from './sealed-secrets/ciphertext-valid.ts';
import { currentCertificate } from './sealed-secrets/current-certificate.ts';
import { noPlaintext } from './sealed-secrets/no-plaintext.ts';
import { recentCertificate } from './sealed-secrets/recent-certificate.ts';
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
import { creationRuleApplied } from './sops/creation-rule-applied.ts';
import { decrypted } from './sops/decrypted.ts';
import { metadataValid as sopsMetadataValid } from './sops/metadata-valid.ts';
import { valuesEncrypted } from './sops/values-encrypted.ts';

/** Rules about secrets: no plaintext, and every consumed key produced. */
export function secretRules(): readonly Rule[] {
  const detect = createDetect();
  return [
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
    recentCertificate,
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
