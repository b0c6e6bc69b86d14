import type { FieldPath } from '../../model.ts';
import { type Fault, type Fields, fieldsOf, isBlank, listed, outside, present } from '../faults.ts';
import { isRecord } from '../fields.ts';
import { named, portName } from '../names.ts';

const probeHandlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
const lifecycleHandlers = ['exec', 'httpGet', 'tcpSocket', 'sleep'];
const seconds = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
];

/**
 * Probes and lifecycle of a container: validateLivenessProbe, validateReadinessProbe,
 * validateStartupProbe and validateLifecycle of pkg/apis/core/validation.
 */
export function* probeFaults(
  container: Fields,
  path: FieldPath,
  isInit: boolean,
): Generator<Fault> {
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
  if (isInit && container.restartPolicy !== 'Always') {
    const set = present(container, [
      'livenessProbe',
      'readinessProbe',
      'startupProbe',
      'lifecycle',
    ]);
    for (const name of set) {
      const message = `an init container that runs once has ${name}`;
      const fix = 'Remove it, or make the container a sidecar with `restartPolicy: Always`.';
      yield { path: [...path, name], message, fix };
    }
    return;
  }
  if (livenessProbe) yield* oneProbe(livenessProbe, [...path, 'livenessProbe'], true);
  if (readinessProbe) yield* oneProbe(readinessProbe, [...path, 'readinessProbe'], false);
  if (startupProbe) yield* oneProbe(startupProbe, [...path, 'startupProbe'], true);
  if (!isRecord(lifecycle)) return;
  for (const name of ['postStart', 'preStop']) {
    const handler = lifecycle[name];
    if (!isRecord(handler)) continue;
    yield* handlerFaults(handler, [...path, 'lifecycle', name], lifecycleHandlers);
    yield* outside(fieldsOf(handler.sleep), [...path, 'lifecycle', name, 'sleep'], ['seconds'], 0);
  }
}

/** @param restarts whether its failure restarts the container */
function* oneProbe(probe: unknown, path: FieldPath, restarts: boolean): Generator<Fault> {
  if (!isRecord(probe)) return;
  const name = String(path.at(-1));
  yield* handlerFaults(probe, path, probeHandlers);
  yield* outside(probe, path, seconds, 0);
  const { successThreshold, terminationGracePeriodSeconds } = probe;
  if (restarts && typeof successThreshold === 'number' && successThreshold > 1) {
    const message = `successThreshold ${successThreshold} of ${name} is not 1`;
    yield { path: [...path, 'successThreshold'], message };
  }
  if (restarts) yield* outside(probe, path, ['terminationGracePeriodSeconds'], 1);
  else if (!isBlank(terminationGracePeriodSeconds)) {
    const where = [...path, 'terminationGracePeriodSeconds'];
    yield {
      path: where,
      message: `${name} has terminationGracePeriodSeconds and restarts nothing`,
    };
  }
}

function* handlerFaults(
  handler: Fields,
  path: FieldPath,
  known: readonly string[],
): Generator<Fault> {
  const name = String(path.at(-1));
  const set = present(handler, known);
  if (set.length !== 1) {
    const how = set.length === 0 ? 'no handler' : `the handlers ${listed(set)}`;
    const fix = `Name exactly one of ${listed(known)}.`;
    yield { path, message: `${name} has ${how}`, fix };
  }
  const { command } = fieldsOf(handler.exec);
  if (set.includes('exec') && !(Array.isArray(command) && command.length > 0)) {
    yield { path: [...path, 'exec'], message: `exec of ${name} has no command` };
  }
  for (const field of ['httpGet', 'tcpSocket', 'grpc']) {
    if (handler[field]) yield* portOf(fieldsOf(handler[field]), [...path, field]);
  }
}

function* portOf(action: Fields, path: FieldPath): Generator<Fault> {
  yield* outside(action, path, ['port'], 1, 65535);
  yield* named('port', action.port, [...path, 'port'], portName);
}
