import { told } from '../../kubernetes/told.ts';
import { cronJobFaults, jobFaults } from '../../kubernetes/validation/jobs.ts';
import { workloadFaults } from '../../kubernetes/validation/workloads.ts';
import type { ManifestRule } from '../../model.ts';

const kinds: ReadonlySet<string> = new Set([
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
]);

/**
 * Enforces ValidateDeployment and its siblings of kubernetes/kubernetes
 * pkg/apis/apps/validation/validation.go, ValidateJob and ValidateCronJobCreate of
 * pkg/apis/batch/validation/validation.go.
 */
export const workloadValid: ManifestRule = {
  id: 'schema/workload-valid',
  scope: 'manifest',
  severity: 'error',
  summary:
    'Workloads find their own pods, can be rolled out, restart as their kind does, and run on a real schedule.',
  why: 'The API server refuses the workload: nothing is rolled out, and no Job ever starts.',
  fix: 'Correct the field as its message says.',
  docs: 'https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go',

  *check(manifest) {
    const { apiVersion, kind, data } = manifest;
    if (apiVersion === 'apps/v1' && kinds.has(kind))
      yield* told(manifest, workloadFaults(kind, data));
    if (apiVersion !== 'batch/v1') return;
    if (kind === 'Job') yield* told(manifest, jobFaults(data));
    if (kind === 'CronJob') yield* told(manifest, cronJobFaults(data));
  },
};
