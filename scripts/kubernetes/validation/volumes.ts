import type { FieldPath } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';
import {
  type Fault,
  type Fields,
  fieldsOf,
  isBlank,
  items,
  listed,
  outside,
  present,
  quoted,
} from '../faults.ts';
import { dnsLabel, named } from '../names.ts';

/** Volumes of a pod: ValidateVolumes of pkg/apis/core/validation. */
export function* volumeFaults(spec: Fields, path: FieldPath): Generator<Fault> {
  for (const [volume, at] of items(spec.volumes, [...path, 'volumes'])) {
    yield* named('volume name', volume.name, [...at, 'name'], dnsLabel);
    const sources = present(volume, Object.keys(volume)).filter((field) => field !== 'name');
    // Without a source it is an emptyDir.
    if (sources.length > 1) {
      const message = `volume ${quoted(volume.name)} has the sources ${listed(sources)}`;
      yield { path: [...at, sources[1] ?? ''], message, fix: 'Keep one source.' };
    }
    yield* sourceFaults(volume, at);
  }
}

function* sourceFaults(volume: Fields, path: FieldPath): Generator<Fault> {
  const name = quoted(volume.name);
  const { configMap, secret, projected, hostPath, persistentVolumeClaim } = volume;
  const required: [unknown, string, string][] = [
    [configMap, 'configMap', 'name'],
    [secret, 'secret', 'secretName'],
    [persistentVolumeClaim, 'persistentVolumeClaim', 'claimName'],
    [hostPath, 'hostPath', 'path'],
  ];
  for (const [source, field, key] of required) {
    if (isBlank(source) || !isBlank(fieldsOf(source)[key])) continue;
    yield { path: [...path, field], message: `${field} of volume ${name} has no ${key}` };
  }
  if (hasBackstep(fieldsOf(hostPath).path)) {
    const message = `path ${quoted(fieldsOf(hostPath).path)} has ".."`;
    yield { path: [...path, 'hostPath', 'path'], message };
  }
  for (const field of ['configMap', 'secret', 'projected', 'downwardAPI']) {
    if (!volume[field]) continue;
    const source = fieldsOf(volume[field]);
    yield* outside(source, [...path, field], ['defaultMode'], 0, 0o777);
    yield* itemFaults(source.items, [...path, field, 'items']);
  }
  if (!projected) return;
  for (const [source, at] of items(fieldsOf(projected).sources, [
    ...path,
    'projected',
    'sources',
  ])) {
    const set = present(source, Object.keys(source));
    if (set.length > 1) {
      yield {
        path: at,
        message: `a projected source has ${listed(set)}`,
        fix: 'Make one source of each.',
      };
    }
    for (const field of set)
      yield* itemFaults(fieldsOf(source[field]).items, [...at, field, 'items']);
  }
}

function* itemFaults(list: unknown, path: FieldPath): Generator<Fault> {
  for (const [item, at] of items(list, path)) {
    yield* descending('path', item.path, [...at, 'path']);
    yield* outside(item, at, ['mode'], 0, 0o777);
  }
}

/**
 * Mounts of all containers of a pod: ValidateVolumeMounts of pkg/apis/core/validation.
 *
 * @param claims names of volumes that the pod's owner adds
 */
export function* mountFaults(
  spec: Fields,
  path: FieldPath,
  claims: readonly unknown[],
): Generator<Fault> {
  const volumes = [...items(spec.volumes, [])].map(([{ name }]) => name);
  const known = new Set([...volumes, ...claims]);
  for (const field of ['initContainers', 'containers']) {
    for (const [container, at] of items(spec[field], [...path, field])) {
      for (const list of ['volumeMounts', 'volumeDevices']) {
        for (const [mount, where] of items(container[list], [...at, list])) {
          yield* oneMount(mount, where, known, container);
        }
      }
    }
  }
}

function* oneMount(
  mount: Fields,
  path: FieldPath,
  known: ReadonlySet<unknown>,
  container: Fields,
): Generator<Fault> {
  const { name, subPath, subPathExpr } = mount;
  if (typeof name === 'string' && !known.has(name)) {
    const names = [...known].filter((one) => typeof one === 'string');
    const near = nearest(name, names);
    const fix = near
      ? `Did you mean ${quoted(near)}?`
      : 'Add a volume of this name to the pod, or remove the mount.';
    yield { path: [...path, 'name'], message: `the pod has no volume ${quoted(name)}`, fix };
  }
  if (mount.mountPath === '') {
    yield { path: [...path, 'mountPath'], message: `mountPath of ${quoted(name)} is empty` };
  }
  if (!isBlank(subPath) && !isBlank(subPathExpr)) {
    const message = `mount ${quoted(name)} has both subPath and subPathExpr`;
    yield { path: [...path, 'subPathExpr'], message };
  }
  if (!isBlank(subPath)) yield* descending('subPath', subPath, [...path, 'subPath']);
  if (!isBlank(subPathExpr))
    yield* descending('subPathExpr', subPathExpr, [...path, 'subPathExpr']);
  if (mount.mountPropagation !== 'Bidirectional') return;
  if (fieldsOf(container.securityContext).privileged !== true) {
    const message = 'mountPropagation Bidirectional stands in a container that is not privileged';
    yield { path: [...path, 'mountPropagation'], message };
  }
}

/** ValidateLocalDescendingPath: a path that stays below where it begins. */
function* descending(what: string, value: unknown, path: FieldPath): Generator<Fault> {
  if (typeof value !== 'string') return;
  if (value.startsWith('/')) yield { path, message: `${what} ${quoted(value)} is not relative` };
  if (hasBackstep(value)) yield { path, message: `${what} ${quoted(value)} has ".."` };
}

function hasBackstep(value: unknown): boolean {
  return typeof value === 'string' && value.split('/').includes('..');
}
