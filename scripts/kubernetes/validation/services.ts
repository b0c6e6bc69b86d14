import type { FieldPath } from '../../model.ts';
import { parseAddress, parseCidr } from '../cidr.ts';
import {
  type Fault,
  type Fields,
  fieldsOf,
  isBlank,
  items,
  outside,
  plain,
  quoted,
  texts,
} from '../faults.ts';
import { labelFaults } from '../label-selectors.ts';
import { dnsLabel, dnsSubdomain, named, portName } from '../names.ts';

/** A Service: ValidateService of pkg/apis/core/validation. */
export function* serviceFaults(data: Fields): Generator<Fault> {
  const spec = fieldsOf(data.spec);
  const { type = 'ClusterIP', clusterIP, ports } = spec;
  const count = Array.isArray(ports) ? ports.length : 0;
  yield* labelFaults(spec.selector, ['spec', 'selector']);
  if (count === 0 && type !== 'ExternalName' && clusterIP !== 'None') {
    const fix = 'List the ports, or set `clusterIP: None`.';
    yield { path: ['spec'], message: 'a Service with an address has no ports', fix };
  }
  if (type === 'ExternalName') yield* externalNameFaults(spec);
  else yield* portFaults(spec, count);
  yield* addressFaults(spec, type);
  const { timeoutSeconds } = fieldsOf(fieldsOf(spec.sessionAffinityConfig).clientIP);
  const at = ['spec', 'sessionAffinityConfig', 'clientIP'];
  yield* outside({ timeoutSeconds }, at, ['timeoutSeconds'], 1, 86_400);
  if (spec.sessionAffinity !== 'ClientIP' && !isBlank(timeoutSeconds)) {
    const fix = 'Set `sessionAffinity: ClientIP`, or remove `sessionAffinityConfig`.';
    const message = `timeoutSeconds ${plain(timeoutSeconds)} stands without sessionAffinity ClientIP`;
    yield { path: [...at, 'timeoutSeconds'], message, fix };
  }
}

function* externalNameFaults(spec: Fields): Generator<Fault> {
  const { externalName, clusterIP } = spec;
  const path = ['spec', 'externalName'];
  if (isBlank(externalName)) {
    yield { path: ['spec'], message: 'a Service of the type ExternalName has no externalName' };
  } else if (typeof externalName === 'string') {
    yield* named('externalName', externalName.replace(/\.$/, ''), path, dnsSubdomain);
  }
  if (!isBlank(clusterIP)) {
    const message = `clusterIP ${quoted(clusterIP)} stands with the type ExternalName`;
    yield { path: ['spec', 'clusterIP'], message };
  }
}

function* portFaults(spec: Fields, count: number): Generator<Fault> {
  const names = new Set<unknown>();
  const nodePorts = new Set<string>();
  const { type } = spec;
  const isExposed = type === 'NodePort' || type === 'LoadBalancer';
  for (const [port, path] of items(spec.ports, ['spec', 'ports'])) {
    const { name, nodePort, protocol = 'TCP', targetPort } = port;
    if (isBlank(name)) {
      const fix = 'Give every port a name when there are several.';
      if (count > 1) yield { path, message: `one of ${count} ports has no name`, fix };
    } else {
      yield* named('port name', name, [...path, 'name'], dnsLabel);
      if (names.has(name)) {
        yield { path: [...path, 'name'], message: `port name ${quoted(name)} is used twice` };
      }
      names.add(name);
    }
    yield* outside(port, path, ['port'], 1, 65535);
    if (type === 'LoadBalancer' && port.port === 10_250) {
      const message = 'port 10250 of a LoadBalancer is that of the kubelet';
      yield { path: [...path, 'port'], message };
    }
    yield* targetFaults(targetPort, [...path, 'targetPort']);
    if (typeof nodePort !== 'number' || nodePort === 0) continue;
    if (!isExposed) {
      const message = `nodePort ${nodePort} stands with the type ${plain(type ?? 'ClusterIP')}`;
      yield { path: [...path, 'nodePort'], message, fix: 'Remove it, or use the type NodePort.' };
    } else if (nodePorts.has(`${plain(protocol)}/${nodePort}`)) {
      yield { path: [...path, 'nodePort'], message: `nodePort ${nodePort} is used twice` };
    } else if (nodePort < 30_000 || nodePort > 32_767) {
      const message = `nodePort ${nodePort} is not between 30000 and 32767`;
      const fix = 'Choose one of these, unless the cluster was set up with another range.';
      yield { path: [...path, 'nodePort'], message, fix, severity: 'warning' };
    }
    nodePorts.add(`${plain(protocol)}/${nodePort}`);
  }
}

function* targetFaults(targetPort: unknown, path: FieldPath): Generator<Fault> {
  if (targetPort !== 0) yield* outside({ targetPort }, path.slice(0, -1), ['targetPort'], 1, 65535);
  if (targetPort !== '') yield* named('targetPort', targetPort, path, portName);
}

function* addressFaults(spec: Fields, type: unknown): Generator<Fault> {
  const { clusterIP, externalTrafficPolicy, healthCheckNodePort } = spec;
  const isExposed = type === 'NodePort' || type === 'LoadBalancer';
  const isAddress = typeof clusterIP === 'string' && clusterIP !== '' && clusterIP !== 'None';
  if (isExposed && clusterIP === 'None') {
    const message = `clusterIP None stands with the type ${plain(type)}`;
    yield {
      path: ['spec', 'clusterIP'],
      message,
      fix: 'A headless Service has the type ClusterIP.',
    };
  } else if (isAddress && type !== 'ExternalName' && !parseAddress(clusterIP)) {
    const message = `clusterIP ${quoted(clusterIP)} is no IP address`;
    yield { path: ['spec', 'clusterIP'], message };
  }
  const hasExternal = Array.isArray(spec.externalIPs) && spec.externalIPs.length > 0;
  if (!isBlank(externalTrafficPolicy) && !isExposed && !hasExternal) {
    const message = `externalTrafficPolicy ${quoted(externalTrafficPolicy)} stands with the type ${plain(type)}`;
    yield { path: ['spec', 'externalTrafficPolicy'], message };
  }
  const isLocal = type === 'LoadBalancer' && externalTrafficPolicy === 'Local';
  if (healthCheckNodePort && !isLocal) {
    const message = `healthCheckNodePort ${plain(healthCheckNodePort)} stands without the type LoadBalancer and externalTrafficPolicy Local`;
    yield { path: ['spec', 'healthCheckNodePort'], message };
  }
  const ranges = ['spec', 'loadBalancerSourceRanges'];
  for (const [range, at] of texts(spec.loadBalancerSourceRanges, ranges)) {
    const message = `loadBalancerSourceRanges ${quoted(range)} is no CIDR block`;
    if (!parseCidr(range.trim())) yield { path: at, message };
  }
  const { loadBalancerSourceRanges: limited } = spec;
  if (type !== 'LoadBalancer' && Array.isArray(limited) && limited.length > 0) {
    yield { path: ranges, message: `loadBalancerSourceRanges stands with the type ${plain(type)}` };
  }
  for (const [address, at] of texts(spec.externalIPs, ['spec', 'externalIPs'])) {
    if (!parseAddress(address)) {
      yield { path: at, message: `externalIPs ${quoted(address)} is no IP address` };
    }
  }
}
