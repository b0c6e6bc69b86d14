import type { FieldPath } from '../../model.ts';
import {
  type Fault,
  type Fields,
  fieldsOf,
  isBlank,
  items,
  listed,
  present,
  quoted,
} from '../faults.ts';
import { dataKey, envName, named } from '../names.ts';

const podFields: ReadonlySet<string> = new Set([
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.host',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]);

/** Environment of a container: ValidateEnv and ValidateEnvFrom of pkg/apis/core/validation. */
export function* envFaults(container: Fields, path: FieldPath): Generator<Fault> {
  for (const [variable, at] of items(container.env, [...path, 'env'])) {
    yield* named('env', variable.name, [...at, 'name'], envName);
    if (isBlank(variable.valueFrom)) continue;
    if (!isBlank(variable.value)) {
      const message = `env ${quoted(variable.name)} has both value and valueFrom`;
      yield { path: [...at, 'valueFrom'], message, fix: 'Keep one of them.' };
    }
    yield* sourceFaults(variable, [...at, 'valueFrom']);
  }
  for (const [source, at] of items(container.envFrom, [...path, 'envFrom'])) {
    if (!isBlank(source.prefix)) {
      yield* named('prefix', source.prefix, [...at, 'prefix'], envName);
    }
    const set = present(source, ['configMapRef', 'secretRef']);
    if (set.length === 1) continue;
    const message = set.length === 0 ? 'envFrom has no source' : `envFrom has both ${listed(set)}`;
    yield { path: at, message, fix: 'Name one `configMapRef` or one `secretRef`.' };
  }
}

function* sourceFaults(variable: Fields, path: FieldPath): Generator<Fault> {
  const source = fieldsOf(variable.valueFrom);
  const set = present(source, Object.keys(source));
  if (set.length !== 1) {
    const how = set.length === 0 ? 'no source' : `the sources ${listed(set)}`;
    yield { path, message: `env ${quoted(variable.name)} has ${how}`, fix: 'Name one source.' };
  }
  const { fieldPath } = fieldsOf(source.fieldRef);
  const isKnown = typeof fieldPath !== 'string' || podFields.has(fieldPath) || isKeyed(fieldPath);
  if (!isKnown) {
    const message = `fieldPath ${quoted(fieldPath)} is none that a variable can have`;
    const fix = `Use ${listed(['metadata.name', 'metadata.namespace', 'spec.nodeName', 'status.podIP'])} or the like, or metadata.labels['key'] or metadata.annotations['key'].`;
    yield { path: [...path, 'fieldRef', 'fieldPath'], message, fix };
  }
  for (const name of ['configMapKeyRef', 'secretKeyRef']) {
    const { key } = fieldsOf(source[name]);
    yield* named('key', key, [...path, name, 'key'], dataKey);
  }
}

function isKeyed(fieldPath: string): boolean {
  return /^metadata\.(?:labels|annotations)\['[^']+'\]$/.test(fieldPath);
}
