import type { Rule } from '../model.ts';
import type { RuleInputs } from './inputs.ts';
import { orderRules } from './order-rules.ts';
import { applicationHealth } from './sync/application-health.ts';
import { applicationSetExpands } from './sync/application-set-expands.ts';
import { applicationSetStrict } from './sync/application-set-strict.ts';
import { appliedAsWritten } from './sync/applied-as-written.ts';
import { dataKept } from './sync/data-kept.ts';
import { dependenciesAcyclic } from './sync/dependencies-acyclic.ts';
import { dependencyExists } from './sync/dependency-exists.ts';
import { dependencyGated } from './sync/dependency-gated.ts';
import { differencesRespected } from './sync/differences-respected.ts';
import { enginesAgree } from './sync/engines-agree.ts';
import { everythingSynced } from './sync/everything-synced.ts';
import { filesUsed } from './sync/files-used.ts';
import { finalizersMeant } from './sync/finalizers-meant.ts';
import { immutableKept } from './sync/immutable-kept.ts';
import { kustomizeFeatures } from './sync/kustomize-features.ts';
import { namesKept } from './sync/names-kept.ts';
import { namespaceOneCreator } from './sync/namespace-one-creator.ts';
import { objectFits } from './sync/object-fits.ts';
import { oneEngine } from './sync/one-engine.ts';
import { oneOwner } from './sync/one-owner.ts';
import { ownersKept } from './sync/owners-kept.ts';
import { pathExists as syncedPathExists } from './sync/path-exists.ts';
import { pathHasKustomization } from './sync/path-has-kustomization.ts';
import { projectNamed } from './sync/project-named.ts';
import { projectPermits } from './sync/project-permits.ts';
import { pruneDecided } from './sync/prune-decided.ts';
import { revisionPinned } from './sync/revision-pinned.ts';
import { rollingSyncAutomated } from './sync/rolling-sync-automated.ts';
import { settingsRecommended } from './sync/settings-recommended.ts';
import { variablesDefined } from './sync/variables-defined.ts';
import { versionsUsed } from './sync/versions-used.ts';
import { wiringApart } from './sync/wiring-apart.ts';

/** Rules about what Argo CD and Flux apply, and in which order. */
export function syncRules({ scopeOf }: Pick<RuleInputs, 'scopeOf'>): readonly Rule[] {
  return [
    syncedPathExists,
    pathHasKustomization,
    everythingSynced,
    filesUsed,
    oneOwner(scopeOf),
    oneEngine,
    enginesAgree,
    versionsUsed,
    kustomizeFeatures,
    revisionPinned,
    projectPermits(scopeOf),
    projectNamed,
    wiringApart,
    dependencyExists,
    dependenciesAcyclic,
    dependencyGated,
    settingsRecommended,
    applicationHealth,
    rollingSyncAutomated,
    applicationSetExpands,
    applicationSetStrict,
    namespaceOneCreator,
    dataKept,
    pruneDecided,
    finalizersMeant,
    differencesRespected,
    objectFits,
    namesKept(scopeOf),
    ownersKept(scopeOf),
    immutableKept,
    variablesDefined,
    appliedAsWritten,
    ...orderRules({ scopeOf }),
  ];
}
