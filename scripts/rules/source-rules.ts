import type { Rule } from '../model.ts';
import { described } from './clusters/described.ts';
import { standInsReplaced } from './clusters/stand-ins-replaced.ts';
import type { RuleInputs } from './inputs.ts';
import { effectiveLabels } from './kustomization/effective-labels.ts';
import { effectivePatches } from './kustomization/effective-patches.ts';
import { effectiveReplicas } from './kustomization/effective-replicas.ts';
import { insideRepository } from './kustomization/inside-repository.ts';
import { noPlugins } from './kustomization/no-plugins.ts';
import { noRemote } from './kustomization/no-remote.ts';
import { oneChoice } from './kustomization/one-choice.ts';
import { overriddenEverywhere } from './kustomization/overridden-everywhere.ts';
import { pathExists } from './kustomization/path-exists.ts';
import { usedImages } from './kustomization/used-images.ts';
import { usedPatches } from './kustomization/used-patches.ts';
import { builds } from './render/builds.ts';
import { kustomizeVersion } from './render/kustomize-version.ts';
import { kubernetesObject } from './yaml/kubernetes-object.ts';
import { wellFormed } from './yaml/well-formed.ts';

/** Rules about files as written: YAML, kustomizations and the description of clusters. */
export function sourceRules({
  changesOf,
  overridden,
}: Pick<RuleInputs, 'changesOf' | 'overridden'>): readonly Rule[] {
  return [
    wellFormed,
    kubernetesObject,
    pathExists,
    insideRepository,
    noRemote,
    noPlugins,
    oneChoice,
    usedImages(changesOf),
    usedPatches(changesOf),
    effectivePatches,
    effectiveReplicas,
    effectiveLabels,
    overriddenEverywhere(overridden),
    builds,
    kustomizeVersion,
    described,
    standInsReplaced,
  ];
}
