import type { FieldPath } from '../../model.ts';
import { type Fault, type Fields, fieldsOf, isBlank, outside, quoted } from '../faults.ts';
import { isRecord } from '../fields.ts';
import { isEmptySelector, mismatchOf, selectorFaults } from '../label-selectors.ts';
import { daemonSetUpdate, deploymentUpdate } from './rolling-updates.ts';

const counts = ['replicas', 'minReadySeconds', 'revisionHistoryLimit'];

/** Deployments and the like: ValidateDeploymentSpec and its siblings of pkg/apis/apps/validation. */
export function* workloadFaults(kind: string, data: Fields): Generator<Fault> {
  const spec = fieldsOf(data.spec);
  const path = ['spec'];
  yield* outside(spec, path, counts, 0);
  yield* templateFaults(kind, spec, path);
  if (kind === 'Deployment') {
    yield* deploymentUpdate(fieldsOf(spec.strategy), [...path, 'strategy']);
    yield* deadlineFaults(spec, path);
  }
  if (kind === 'DaemonSet') {
    yield* daemonSetUpdate(fieldsOf(spec.updateStrategy), [...path, 'updateStrategy']);
  }
  if (kind === 'StatefulSet') {
    const { type, rollingUpdate } = fieldsOf(spec.updateStrategy);
    const at = [...path, 'updateStrategy', 'rollingUpdate'];
    if (type === 'OnDelete' && isRecord(rollingUpdate)) {
      yield { path: at, message: 'rollingUpdate stands with the type OnDelete' };
    }
    yield* outside(fieldsOf(rollingUpdate), at, ['partition'], 0);
    yield* outside(fieldsOf(spec.ordinals), [...path, 'ordinals'], ['start'], 0);
  }
}

function* deadlineFaults(spec: Fields, path: FieldPath): Generator<Fault> {
  const { progressDeadlineSeconds: deadline = 600, minReadySeconds = 0 } = spec;
  yield* outside(spec, path, ['progressDeadlineSeconds'], 0);
  if (typeof deadline !== 'number' || typeof minReadySeconds !== 'number') return;
  if (deadline > minReadySeconds || deadline < 0) return;
  const isDefault = isBlank(spec.progressDeadlineSeconds);
  const message = `progressDeadlineSeconds ${deadline}${isDefault ? ' (the default)' : ''} is not above minReadySeconds ${minReadySeconds}`;
  yield { path: [...path, isDefault ? 'minReadySeconds' : 'progressDeadlineSeconds'], message };
}

/** The selector finds the template's pods, and these restart for ever. */
function* templateFaults(kind: string, spec: Fields, path: FieldPath): Generator<Fault> {
  const template = fieldsOf(spec.template);
  const podSpec = fieldsOf(template.spec);
  const { selector } = spec;
  if (isRecord(selector)) {
    yield* selectorFaults(selector, [...path, 'selector']);
    const { labels } = fieldsOf(template.metadata);
    const missing = mismatchOf(selector, fieldsOf(labels));
    if (isEmptySelector(selector)) {
      yield { path: [...path, 'selector'], message: `selector of the ${kind} is empty` };
    } else if (missing) {
      const message = `selector wants ${missing}, which the labels of the template do not have`;
      const at = [...path, 'selector'];
      yield { path: at, message, fix: 'Make the selector and `template.metadata.labels` agree.' };
    }
  }
  const { restartPolicy, activeDeadlineSeconds } = podSpec;
  const at = [...path, 'template', 'spec'];
  if (!isBlank(restartPolicy) && restartPolicy !== 'Always') {
    const message = `restartPolicy ${quoted(restartPolicy)} is not "Always", the only one of a ${kind}`;
    yield { path: [...at, 'restartPolicy'], message };
  }
  if (!isBlank(activeDeadlineSeconds)) {
    const message = `activeDeadlineSeconds stands in the pods of a ${kind}`;
    yield { path: [...at, 'activeDeadlineSeconds'], message, fix: 'Remove it; Jobs have it.' };
  }
}
