import type { FieldPath } from '../../model.ts';
import { parseAddress } from '../cidr.ts';
import {
  type Fault,
  type Fields,
  fieldsOf,
  isBlank,
  items,
  outside,
  quoted,
  texts,
} from '../faults.ts';
import { expressionFaults, labelFaults, selectorFaults } from '../label-selectors.ts';
import { dnsLabel, dnsSubdomain, named, qualified } from '../names.ts';

/** What a pod has besides containers and volumes: ValidatePodSpec of pkg/apis/core/validation. */
export function* podFaults(spec: Fields, path: FieldPath): Generator<Fault> {
  yield* outside(spec, path, ['activeDeadlineSeconds'], 1, 2 ** 31 - 1);
  const { terminationGracePeriodSeconds: grace } = spec;
  if (typeof grace === 'number' && grace < 0) {
    const message = `terminationGracePeriodSeconds ${grace} is below 0 and counts as 1`;
    yield { path: [...path, 'terminationGracePeriodSeconds'], message, severity: 'warning' };
  }
  if (spec.nodeSelector) yield* labelFaults(spec.nodeSelector, [...path, 'nodeSelector']);
  for (const name of ['serviceAccountName', 'priorityClassName', 'runtimeClassName', 'nodeName']) {
    if (!isBlank(spec[name])) yield* named(name, spec[name], [...path, name], dnsSubdomain);
  }
  for (const name of ['hostname', 'subdomain']) {
    if (!isBlank(spec[name])) yield* named(name, spec[name], [...path, name], dnsLabel);
  }
  if (spec.hostPID === true && spec.shareProcessNamespace === true) {
    const message = 'shareProcessNamespace true contradicts hostPID true';
    yield { path: [...path, 'shareProcessNamespace'], message };
  }
  if (spec.dnsConfig || spec.dnsPolicy) yield* dnsFaults(spec, path);
  if (spec.hostAliases) yield* aliasFaults(spec.hostAliases, [...path, 'hostAliases']);
  if (spec.tolerations) yield* tolerationFaults(spec.tolerations, [...path, 'tolerations']);
  if (spec.topologySpreadConstraints)
    yield* spreadFaults(spec.topologySpreadConstraints, [...path, 'topologySpreadConstraints']);
  if (spec.affinity) yield* affinityFaults(fieldsOf(spec.affinity), [...path, 'affinity']);
}

function* dnsFaults(spec: Fields, path: FieldPath): Generator<Fault> {
  const { nameservers, searches } = fieldsOf(spec.dnsConfig);
  const at = [...path, 'dnsConfig'];
  const count = Array.isArray(nameservers) ? nameservers.length : 0;
  if (spec.dnsPolicy === 'None' && count === 0) {
    const fix = 'Name at least one address under `dnsConfig.nameservers`.';
    yield { path: [...path, 'dnsPolicy'], message: 'dnsPolicy None has no nameservers', fix };
  }
  if (count > 3) {
    yield { path: [...at, 'nameservers'], message: `nameservers has ${count} addresses, above 3` };
  }
  if (Array.isArray(searches) && searches.length > 32) {
    yield { path: [...at, 'searches'], message: `searches has ${searches.length} names, above 32` };
  }
  for (const [address, where] of texts(nameservers, [...at, 'nameservers'])) {
    if (!parseAddress(address)) {
      yield { path: where, message: `nameserver ${quoted(address)} is no IP address` };
    }
  }
}

function* aliasFaults(aliases: unknown, path: FieldPath): Generator<Fault> {
  for (const [{ ip, hostnames }, at] of items(aliases, path)) {
    if (typeof ip === 'string' && !parseAddress(ip)) {
      yield { path: [...at, 'ip'], message: `ip ${quoted(ip)} is no IP address` };
    }
    for (const [hostname, where] of texts(hostnames, [...at, 'hostnames'])) {
      yield* named('hostname', hostname, where, dnsSubdomain);
    }
  }
}

function* tolerationFaults(tolerations: unknown, path: FieldPath): Generator<Fault> {
  for (const [toleration, at] of items(tolerations, path)) {
    const { key, operator, value, effect, tolerationSeconds } = toleration;
    if (typeof key === 'string' && key !== '') yield* qualified('key', key, [...at, 'key']);
    if (isBlank(key) && operator !== 'Exists') {
      const fix = 'Name a `key`, or set `operator: Exists` to tolerate every taint.';
      yield { path: at, message: 'a toleration without key has not the operator Exists', fix };
    }
    if (operator === 'Exists' && !isBlank(value)) {
      const message = `operator Exists has the value ${quoted(value)} and takes none`;
      yield { path: [...at, 'value'], message };
    }
    if (!isBlank(tolerationSeconds) && effect !== 'NoExecute') {
      const message = `tolerationSeconds stands with the effect ${quoted(effect ?? '')} and not "NoExecute"`;
      yield { path: [...at, 'tolerationSeconds'], message };
    }
  }
}

function* spreadFaults(constraints: unknown, path: FieldPath): Generator<Fault> {
  for (const [constraint, at] of items(constraints, path)) {
    yield* outside(constraint, at, ['maxSkew', 'minDomains'], 1);
    if (constraint.topologyKey === '') {
      yield { path: [...at, 'topologyKey'], message: 'topologyKey is empty' };
    }
    if (!isBlank(constraint.minDomains) && constraint.whenUnsatisfiable === 'ScheduleAnyway') {
      const message = 'minDomains stands with whenUnsatisfiable ScheduleAnyway';
      yield { path: [...at, 'minDomains'], message, fix: 'Use `DoNotSchedule` or leave it out.' };
    }
    yield* selectorFaults(constraint.labelSelector, [...at, 'labelSelector']);
  }
}

const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
const required = 'requiredDuringSchedulingIgnoredDuringExecution';

function* affinityFaults(affinity: Fields, path: FieldPath): Generator<Fault> {
  const node = fieldsOf(affinity.nodeAffinity);
  const nodePath = [...path, 'nodeAffinity'];
  const needed = [...nodePath, required, 'nodeSelectorTerms'];
  const { nodeSelectorTerms } = fieldsOf(node[required]);
  if (Array.isArray(nodeSelectorTerms) && nodeSelectorTerms.length === 0) {
    yield { path: needed, message: 'nodeSelectorTerms is empty' };
  }
  for (const [term, at] of items(nodeSelectorTerms, needed)) {
    yield* expressionFaults(term.matchExpressions, [...at, 'matchExpressions']);
  }
  for (const [term, at] of items(node[preferred], [...nodePath, preferred])) {
    yield* outside(term, at, ['weight'], 1, 100);
    const { matchExpressions } = fieldsOf(term.preference);
    yield* expressionFaults(matchExpressions, [...at, 'preference', 'matchExpressions']);
  }
  for (const name of ['podAffinity', 'podAntiAffinity']) {
    const pods = fieldsOf(affinity[name]);
    for (const [term, at] of items(pods[required], [...path, name, required])) {
      yield* termFaults(term, at);
    }
    for (const [term, at] of items(pods[preferred], [...path, name, preferred])) {
      yield* outside(term, at, ['weight'], 1, 100);
      yield* termFaults(fieldsOf(term.podAffinityTerm), [...at, 'podAffinityTerm']);
    }
  }
}

function* termFaults(term: Fields, path: FieldPath): Generator<Fault> {
  if (term.topologyKey === '') {
    yield { path: [...path, 'topologyKey'], message: 'topologyKey is empty' };
  }
  yield* selectorFaults(term.labelSelector, [...path, 'labelSelector']);
  yield* selectorFaults(term.namespaceSelector, [...path, 'namespaceSelector']);
}
