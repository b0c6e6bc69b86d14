import type { FieldPath } from '../../model.ts';
import { isStrictlyWithin, parseCidr } from '../cidr.ts';
import {
  type Fault,
  type Fields,
  fieldsOf,
  isBlank,
  items,
  outside,
  present,
  quoted,
  texts,
} from '../faults.ts';
import { selectorFaults } from '../label-selectors.ts';
import { named, portName } from '../names.ts';

/** A NetworkPolicy: ValidateNetworkPolicySpec of pkg/apis/networking/validation. */
export function* networkPolicyFaults(data: Fields): Generator<Fault> {
  const spec = fieldsOf(data.spec);
  const { policyTypes } = spec;
  yield* selectorFaults(spec.podSelector, ['spec', 'podSelector']);
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const [rule, path] of items(spec[direction], ['spec', direction])) {
      for (const [port, at] of items(rule.ports, [...path, 'ports'])) yield* portFaults(port, at);
      for (const [peer, at] of items(rule[peers], [...path, peers])) yield* peerFaults(peer, at);
    }
  }
  if (Array.isArray(policyTypes) && policyTypes.length > 2) {
    yield {
      path: ['spec', 'policyTypes'],
      message: `policyTypes has ${policyTypes.length} items, above 2`,
    };
  }
}

function* portFaults(one: Fields, path: FieldPath): Generator<Fault> {
  const { port, endPort } = one;
  yield* outside(one, path, ['port', 'endPort'], 1, 65535);
  yield* named('port', port, [...path, 'port'], portName);
  if (typeof endPort !== 'number') return;
  const at = [...path, 'endPort'];
  if (isBlank(port)) yield { path: at, message: `endPort ${endPort} stands without a port` };
  if (typeof port === 'string') {
    yield { path: at, message: `endPort ${endPort} stands with the port name ${quoted(port)}` };
  }
  if (typeof port === 'number' && endPort < port) {
    yield { path: at, message: `endPort ${endPort} is below port ${port}` };
  }
}

function* peerFaults(peer: Fields, path: FieldPath): Generator<Fault> {
  const set = present(peer, ['podSelector', 'namespaceSelector', 'ipBlock']);
  if (set.length === 0) {
    const fix = 'Name a selector or an `ipBlock`; leave out the list to allow everybody.';
    yield { path, message: 'a peer has neither a selector nor an ipBlock', fix };
  }
  if (set.length > 1 && set.includes('ipBlock')) {
    const fix = 'Write two peers: each item of the list is an alternative.';
    yield { path: [...path, 'ipBlock'], message: 'a peer has both an ipBlock and a selector', fix };
  }
  yield* selectorFaults(peer.podSelector, [...path, 'podSelector']);
  yield* selectorFaults(peer.namespaceSelector, [...path, 'namespaceSelector']);
  yield* blockFaults(fieldsOf(peer.ipBlock), [...path, 'ipBlock']);
}

function* blockFaults({ cidr, except }: Fields, path: FieldPath): Generator<Fault> {
  if (typeof cidr !== 'string') return;
  const block = parseCidr(cidr);
  if (!block) {
    const message = `cidr ${quoted(cidr)} is no CIDR block`;
    yield { path: [...path, 'cidr'], message, fix: 'Write an address and a prefix: 10.0.0.0/8.' };
    return;
  }
  for (const [text, at] of texts(except, [...path, 'except'])) {
    const part = parseCidr(text);
    if (!part) yield { path: at, message: `except ${quoted(text)} is no CIDR block` };
    else if (!isStrictlyWithin(part, block)) {
      const message = `except ${quoted(text)} is no smaller block within cidr ${quoted(cidr)}`;
      yield { path: at, message };
    }
  }
}
