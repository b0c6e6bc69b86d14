import type { FieldPath } from '../../model.ts';
import {
  type Fault,
  type Fields,
  fieldsOf,
  isBlank,
  items,
  outside,
  plain,
  quoted,
} from '../faults.ts';
import { dnsLabel, named, portName } from '../names.ts';
import { envFaults } from './env.ts';
import { probeFaults } from './probes.ts';

/** What containers may refer to in their pod. */
export interface ContainerContext {
  readonly hostNetwork: boolean;
}

/**
 * All containers of a pod: validateContainers and validateInitContainers of
 * pkg/apis/core/validation of kubernetes/kubernetes, without their resources and mounts.
 */
export function* containerFaults(
  spec: Fields,
  path: FieldPath,
  context: ContainerContext,
): Generator<Fault> {
  if (Array.isArray(spec.containers) && spec.containers.length === 0) {
    yield { path: [...path, 'containers'], message: 'containers is empty' };
  }
  yield* sharedNames(spec, path);
  for (const field of ['initContainers', 'containers']) {
    for (const [container, at] of items(spec[field], [...path, field])) {
      yield* oneContainer(container, at, context);
      yield* probeFaults(container, at, field === 'initContainers');
    }
  }
  yield* hostPortFaults(spec, path);
}

/** Init containers and others share one list of names; within a list names are its keys. */
function* sharedNames(spec: Fields, path: FieldPath): Generator<Fault> {
  if (!Array.isArray(spec.initContainers)) return;
  const names = new Set([...items(spec.initContainers, [])].map(([{ name }]) => name));
  for (const [{ name }, at] of items(spec.containers, [...path, 'containers'])) {
    if (isBlank(name) || !names.has(name)) continue;
    const message = `name ${quoted(name)} is that of an init container, too`;
    yield { path: [...at, 'name'], message, fix: 'Give each container of the pod its own name.' };
  }
}

function* oneContainer(
  container: Fields,
  path: FieldPath,
  context: ContainerContext,
): Generator<Fault> {
  yield* named('name', container.name, [...path, 'name'], dnsLabel);
  const { image } = container;
  if (isBlank(image)) {
    yield {
      path,
      message: `${isBlank(container.name) ? 'a container' : `container ${quoted(container.name)}`} has no image`,
    };
  } else if (typeof image === 'string' && image !== image.trim()) {
    yield { path: [...path, 'image'], message: `image ${quoted(image)} has spaces around it` };
  }
  if (container.ports) yield* portFaults(container.ports, [...path, 'ports'], context);
  if (container.env || container.envFrom) yield* envFaults(container, path);
  const { securityContext } = container;
  if (securityContext)
    yield* securityFaults(fieldsOf(securityContext), [...path, 'securityContext']);
}

function* portFaults(
  ports: unknown,
  path: FieldPath,
  { hostNetwork }: ContainerContext,
): Generator<Fault> {
  const names = new Set<unknown>();
  for (const [port, at] of items(ports, path)) {
    if (!isBlank(port.name)) {
      yield* named('port name', port.name, [...at, 'name'], portName);
      if (names.has(port.name)) {
        yield { path: [...at, 'name'], message: `port name ${quoted(port.name)} is used twice` };
      }
      names.add(port.name);
    }
    yield* outside(port, at, ['containerPort'], 1, 65535);
    const { hostPort, containerPort } = port;
    if (hostPort !== 0) yield* outside(port, at, ['hostPort'], 1, 65535);
    if (hostNetwork && hostPort && containerPort && hostPort !== containerPort) {
      const message = `hostPort ${plain(hostPort)} differs from containerPort ${plain(containerPort)} under hostNetwork`;
      yield { path: [...at, 'hostPort'], message, fix: 'Leave out `hostPort` or make both equal.' };
    }
  }
}

/** AccumulateUniqueHostPorts: a host's port belongs to one container of the pod. */
function* hostPortFaults(spec: Fields, path: FieldPath): Generator<Fault> {
  const seen = new Set<string>();
  for (const [{ ports }, at] of items(spec.containers, [...path, 'containers'])) {
    for (const [{ hostPort, hostIP, protocol }, where] of items(ports, [...at, 'ports'])) {
      if (typeof hostPort !== 'number' || hostPort === 0) continue;
      const key = `${plain(protocol ?? 'TCP')}/${plain(hostIP ?? '')}/${hostPort}`;
      if (seen.has(key)) {
        yield { path: [...where, 'hostPort'], message: `hostPort ${hostPort} is used twice` };
      }
      seen.add(key);
    }
  }
}

function* securityFaults(context: Fields, path: FieldPath): Generator<Fault> {
  yield* outside(context, path, ['runAsUser', 'runAsGroup'], 0, 2 ** 31 - 1);
  if (context.allowPrivilegeEscalation !== false) return;
  const where = [...path, 'allowPrivilegeEscalation'];
  const message = 'allowPrivilegeEscalation false contradicts';
  if (context.privileged === true) yield { path: where, message: `${message} privileged true` };
  const { add } = fieldsOf(context.capabilities);
  if (Array.isArray(add) && add.includes('CAP_SYS_ADMIN')) {
    yield { path: where, message: `${message} the capability CAP_SYS_ADMIN` };
  }
}
