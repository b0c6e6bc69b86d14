import type { FieldPath } from '../../model.ts';
import { cronFault } from '../cron.ts';
import { type Fault, type Fields, fieldsOf, isBlank, outside, quoted } from '../faults.ts';
import { isRecord } from '../fields.ts';
import { isEmptySelector, mismatchOf, selectorFaults } from '../label-selectors.ts';
import { timeZoneFault } from '../time-zones.ts';

const counts = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
  'ttlSecondsAfterFinished',
];

/** A Job: ValidateJob of pkg/apis/batch/validation. */
export function* jobFaults(data: Fields): Generator<Fault> {
  const spec = fieldsOf(data.spec);
  yield* jobSpecFaults(spec, ['spec']);
  const { labels } = fieldsOf(fieldsOf(spec.template).metadata);
  const missing = spec.manualSelector === true && mismatchOf(spec.selector, fieldsOf(labels));
  if (missing) {
    const message = `selector wants ${missing}, which the labels of the template do not have`;
    yield { path: ['spec', 'selector'], message };
  }
  if (spec.manualSelector === true || isEmptySelector(spec.selector)) return;
  if (JSON.stringify(spec.selector).includes('controller-uid')) return;
  const fix = 'Remove it; every Job gets its own.';
  yield { path: ['spec', 'selector'], message: 'a Job without manualSelector has a selector', fix };
}

function* jobSpecFaults(spec: Fields, path: FieldPath): Generator<Fault> {
  yield* outside(spec, path, counts, 0);
  yield* selectorFaults(spec.selector, [...path, 'selector']);
  const { completionMode, completions, parallelism, backoffLimitPerIndex, podFailurePolicy } = spec;
  if (completionMode === 'Indexed') {
    if (isBlank(completions)) {
      yield { path: [...path, 'completionMode'], message: 'an Indexed Job has no completions' };
    }
    if (typeof parallelism === 'number' && parallelism > 100_000) {
      yield {
        path: [...path, 'parallelism'],
        message: `parallelism ${parallelism} is above 100000`,
      };
    }
  } else if (!isBlank(backoffLimitPerIndex)) {
    const message = 'backoffLimitPerIndex stands in a Job that is not Indexed';
    yield {
      path: [...path, 'backoffLimitPerIndex'],
      message,
      fix: 'Set `completionMode: Indexed`.',
    };
  }
  yield* restartFaults(spec.template, [...path, 'template', 'spec'], isRecord(podFailurePolicy));
}

function* restartFaults(
  template: unknown,
  path: FieldPath,
  hasFailurePolicy: boolean,
): Generator<Fault> {
  const { spec } = fieldsOf(template);
  if (!isRecord(spec)) return;
  const { restartPolicy } = spec;
  if (isBlank(restartPolicy)) {
    const fix = 'Set `restartPolicy` to OnFailure or Never.';
    yield {
      path,
      message: 'the pods of a Job have no restartPolicy, and the default is Always',
      fix,
    };
  } else if (restartPolicy === 'Always') {
    const message = 'restartPolicy "Always" is none that the pods of a Job can have';
    yield { path: [...path, 'restartPolicy'], message, fix: 'Use OnFailure or Never.' };
  } else if (hasFailurePolicy && restartPolicy !== 'Never') {
    const message = `restartPolicy ${quoted(restartPolicy)} is not "Never", which podFailurePolicy needs`;
    yield { path: [...path, 'restartPolicy'], message };
  }
}

/** A CronJob: ValidateCronJobCreate of pkg/apis/batch/validation. */
export function* cronJobFaults(data: Fields): Generator<Fault> {
  const spec = fieldsOf(data.spec);
  const { schedule, timeZone } = spec;
  if (typeof schedule === 'string') {
    const isZoned = schedule.includes('TZ');
    const fault = isZoned ? 'names a time zone' : cronFault(schedule);
    const fix = isZoned
      ? 'Set `timeZone` instead.'
      : 'Write minute, hour, day of month, month and day of week (0 to 6), or @daily and the like.';
    if (fault) {
      yield { path: ['spec', 'schedule'], message: `schedule ${quoted(schedule)} ${fault}`, fix };
    }
  }
  const zoneFault = typeof timeZone === 'string' ? timeZoneFault(timeZone) : undefined;
  if (zoneFault) {
    const fix = 'Use the exact name of a zone, such as Europe/Berlin or Etc/UTC.';
    yield { path: ['spec', 'timeZone'], message: `timeZone ${quoted(timeZone)} ${zoneFault}`, fix };
  }
  const limits = [
    'startingDeadlineSeconds',
    'successfulJobsHistoryLimit',
    'failedJobsHistoryLimit',
  ];
  yield* outside(spec, ['spec'], limits, 0);
  const job = fieldsOf(fieldsOf(spec.jobTemplate).spec);
  const path = ['spec', 'jobTemplate', 'spec'];
  if (isRecord(job.selector)) {
    const fix = 'Remove it; every Job gets its own.';
    yield { path: [...path, 'selector'], message: 'the Jobs of a CronJob have a selector', fix };
  }
  if (job.manualSelector === true) {
    yield { path: [...path, 'manualSelector'], message: 'manualSelector true stands in a CronJob' };
  }
  yield* jobSpecFaults(job, path);
}
