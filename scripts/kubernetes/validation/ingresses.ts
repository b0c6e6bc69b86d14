import type { FieldPath } from '../../model.ts';
import { parseAddress } from '../cidr.ts';
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
import { isRecord, textAt } from '../fields.ts';
import { dnsLabel, dnsSubdomain, named, portName, wildcardSubdomain } from '../names.ts';

/** An Ingress: ValidateIngressCreate of pkg/apis/networking/validation. */
export function* ingressFaults(data: Fields): Generator<Fault> {
  const spec = fieldsOf(data.spec);
  const { rules, defaultBackend, ingressClassName } = spec;
  const count = Array.isArray(rules) ? rules.length : 0;
  if (count === 0 && !isRecord(defaultBackend)) {
    yield { path: ['spec'], message: 'an Ingress has neither rules nor a defaultBackend' };
  }
  if (isRecord(defaultBackend)) yield* backendFaults(defaultBackend, ['spec', 'defaultBackend']);
  for (const [rule, path] of items(rules, ['spec', 'rules'])) yield* ruleFaults(rule, path);
  for (const [tls, path] of items(spec.tls, ['spec', 'tls'])) {
    for (const [host, at] of texts(tls.hosts, [...path, 'hosts'])) yield* hostFaults(host, at);
    if (!isBlank(tls.secretName)) {
      yield* named('secretName', tls.secretName, [...path, 'secretName'], dnsSubdomain);
    }
  }
  yield* named('ingressClassName', ingressClassName, ['spec', 'ingressClassName'], dnsSubdomain);
  const annotation = ['metadata', 'annotations', 'kubernetes.io/ingress.class'];
  const old = textAt(data, annotation);
  if (old === undefined || isBlank(ingressClassName) || old === ingressClassName) return;
  const message = `annotation kubernetes.io/ingress.class ${quoted(old)} differs from ingressClassName ${quoted(ingressClassName)}`;
  yield { path: annotation, message, fix: 'Remove the annotation.' };
}

function* ruleFaults(rule: Fields, path: FieldPath): Generator<Fault> {
  const { host, http } = rule;
  if (typeof host === 'string' && host !== '') {
    if (parseAddress(host)) {
      const message = `host ${quoted(host)} is an IP address and no DNS name`;
      yield { path: [...path, 'host'], message };
    } else yield* hostFaults(host, [...path, 'host']);
  }
  if (!isRecord(http)) return;
  const at = [...path, 'http', 'paths'];
  if (!Array.isArray(http.paths) || http.paths.length === 0) {
    if (Array.isArray(http.paths)) yield { path: at, message: 'paths is empty' };
    return;
  }
  for (const [one, where] of items(http.paths, at)) {
    yield* pathFaults(one, where);
    if (isRecord(one.backend)) yield* backendFaults(one.backend, [...where, 'backend']);
  }
}

function* hostFaults(host: string, path: FieldPath): Generator<Fault> {
  yield* named('host', host, path, host.includes('*') ? wildcardSubdomain : dnsSubdomain);
}

const forbidden = ['//', '/./', '/../', '%2f', '%2F'];

function* pathFaults({ path: text, pathType }: Fields, path: FieldPath): Generator<Fault> {
  const at = [...path, 'path'];
  const isExact = pathType === 'Exact' || pathType === 'Prefix';
  if (isBlank(text)) {
    const fix = 'Write "/" to match everything.';
    if (isExact) yield { path, message: `a path of the type ${pathType} is empty`, fix };
    return;
  }
  if (typeof text !== 'string') return;
  if (!text.startsWith('/'))
    yield { path: at, message: `path ${quoted(text)} does not begin with "/"` };
  if (!isExact) return;
  const sequence = forbidden.find((one) => text.includes(one));
  const suffix = ['/..', '/.'].find((one) => text.endsWith(one));
  if (sequence ?? suffix) {
    yield { path: at, message: `path ${quoted(text)} has "${sequence ?? suffix}"` };
  }
}

function* backendFaults(backend: Fields, path: FieldPath): Generator<Fault> {
  const { service, resource } = backend;
  if (isRecord(service) && isRecord(resource)) {
    yield { path, message: 'backend has both service and resource', fix: 'Keep one of them.' };
    return;
  }
  if (!isRecord(service)) {
    const fix = 'Name a `service` with a `port`.';
    if (!isRecord(resource))
      yield { path, message: 'backend has neither service nor resource', fix };
    return;
  }
  yield* named('service name', service.name, [...path, 'service', 'name'], dnsLabel);
  const { name, number } = fieldsOf(service.port);
  const at = [...path, 'service', 'port'];
  if (!isBlank(name) && number) {
    yield {
      path: at,
      message: `port has both the name ${quoted(name)} and the number ${plain(number)}`,
    };
  } else if (!isBlank(name)) {
    yield* named('port name', name, [...at, 'name'], portName);
  } else if (number) {
    yield* outside({ number }, at, ['number'], 1, 65535);
  } else {
    const message = `service ${quoted(service.name)} has neither a port name nor a port number`;
    yield { path: [...path, 'service'], message };
  }
}
