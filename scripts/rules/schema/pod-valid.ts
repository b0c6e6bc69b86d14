import type { Fault } from '../../kubernetes/faults.ts';
import { type PodTemplate, podTemplateOf } from '../../kubernetes/pod-templates.ts';
import { told } from '../../kubernetes/told.ts';
import { containerFaults } from '../../kubernetes/validation/containers.ts';
import { podFaults } from '../../kubernetes/validation/pods.ts';
import { mountFaults, volumeFaults } from '../../kubernetes/validation/volumes.ts';
import type { ManifestRule } from '../../model.ts';

/** Enforces ValidatePodSpec of kubernetes/kubernetes pkg/apis/core/validation/validation.go. */
export const podValid: ManifestRule = {
  id: 'schema/pod-valid',
  scope: 'manifest',
  severity: 'error',
  summary:
    'Containers, environment, probes, volumes and scheduling of pods are what the API server accepts.',
  why: 'The API server refuses the workload, or later its pods, and the old version keeps running.',
  fix: 'Correct the field as its message says.',
  docs: 'https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go',

  *check(manifest) {
    const pod = podTemplateOf(manifest);
    if (pod) yield* told(manifest, faultsOf(pod));
  },
};

function* faultsOf({ spec, specPath, claims }: PodTemplate): Generator<Fault> {
  yield* containerFaults(spec, specPath, { hostNetwork: spec.hostNetwork === true });
  yield* volumeFaults(spec, specPath);
  yield* mountFaults(spec, specPath, claims);
  yield* podFaults(spec, specPath);
}
