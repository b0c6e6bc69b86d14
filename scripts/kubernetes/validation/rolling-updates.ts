import type { FieldPath } from '../../model.ts';
import { type Fault, type Fields, fieldsOf, isBlank, quoted } from '../faults.ts';
import { isRecord } from '../fields.ts';
import { parseIntOrPercent } from '../int-or-percent.ts';

/** ValidateRollingUpdateDeployment; each amount is 25% by default. */
export function* deploymentUpdate(strategy: Fields, path: FieldPath): Generator<Fault> {
  const { type, rollingUpdate } = strategy;
  const at = [...path, 'rollingUpdate'];
  if (type === 'Recreate' && isRecord(rollingUpdate)) {
    const fix = 'Remove `rollingUpdate`, or set it to null in the patch that sets the type.';
    yield { path: at, message: 'rollingUpdate stands with the type Recreate', fix };
    return;
  }
  const { maxUnavailable, maxSurge } = fieldsOf(rollingUpdate);
  yield* amount('maxUnavailable', maxUnavailable, at, 100);
  yield* amount('maxSurge', maxSurge, at);
  if (isZero(maxUnavailable) && isZero(maxSurge)) {
    const message = `maxUnavailable ${quoted(maxUnavailable)} and maxSurge ${quoted(maxSurge)} let no pod be replaced`;
    yield { path: [...at, 'maxUnavailable'], message, fix: 'Set one of them above 0.' };
  }
}

/** ValidateRollingUpdateDaemonSet; maxUnavailable is 1 by default, and maxSurge 0. */
export function* daemonSetUpdate(strategy: Fields, path: FieldPath): Generator<Fault> {
  const { type, rollingUpdate } = strategy;
  if (type === 'OnDelete' || !isRecord(rollingUpdate)) return;
  const at = [...path, 'rollingUpdate'];
  const { maxUnavailable, maxSurge } = rollingUpdate;
  yield* amount('maxUnavailable', maxUnavailable, at, 100);
  yield* amount('maxSurge', maxSurge, at, 100);
  const hasSurge = !isBlank(maxSurge) && !isZero(maxSurge);
  if (hasSurge && !isZero(maxUnavailable)) {
    const other = isBlank(maxUnavailable) ? '1 (the default)' : quoted(maxUnavailable);
    const message = `maxSurge ${quoted(maxSurge)} stands with maxUnavailable ${other}`;
    yield { path: [...at, 'maxSurge'], message, fix: 'Set `maxUnavailable: 0`.' };
  } else if (isZero(maxUnavailable) && !hasSurge) {
    const message = `maxUnavailable ${quoted(maxUnavailable)} and maxSurge 0 let no pod be replaced`;
    yield { path: [...at, 'maxUnavailable'], message, fix: 'Set one of them above 0.' };
  }
}

function isZero(value: unknown): boolean {
  return parseIntOrPercent(value)?.value === 0;
}

/** ValidatePositiveIntOrPercent and IsNotMoreThan100Percent. */
export function* amount(
  name: string,
  value: unknown,
  path: FieldPath,
  mostPercent: number = Number.POSITIVE_INFINITY,
): Generator<Fault> {
  if (typeof value !== 'number' && typeof value !== 'string') return;
  const parsed = parseIntOrPercent(value);
  const at = [...path, name];
  if (!parsed) {
    const fix = 'Use a number from 0 on, or a percentage such as "25%".';
    const message = `${name} ${quoted(value)} is neither a count nor a percentage`;
    yield { path: at, message, fix };
  } else if (parsed.isPercent && parsed.value > mostPercent) {
    yield { path: at, message: `${name} ${quoted(value)} is above ${mostPercent}%` };
  }
}
