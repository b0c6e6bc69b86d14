import type { Rule } from '../model.ts';
import { described } from './clusters/described.ts';
import { standInsReplaced } from './clusters/stand-ins-replaced.ts';
import { insideRepository } from './kustomization/inside-repository.ts';
import { noPlugins } from './kustomization/no-plugins.ts';
import { noRemote } from './kustomization/no-remote.ts';
import { oneChoice } from './kustomization/one-choice.ts';
import { pathExists } from './kustomization/path-exists.ts';
import { usedImages } from './kustomization/used-images.ts';
import { usedPatches } from './kustomization/used-patches.ts';
import { builds } from './render/builds.ts';
import { kustomizeVersion } from './render/kustomize-version.ts';
import { kubernetesObject } from './yaml/kubernetes-object.ts';
import { wellFormed } from './yaml/well-formed.ts';

/** Rules about files as written: YAML, kustomizations and the description of clusters. */
export function sourceRules(): readonly Rule[] {
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
  ];
}
