import { cronFault } from '../../kubernetes/cron.ts';
import { type Fault, type Fields, listed, quoted } from '../../kubernetes/faults.ts';
import { timeZoneFault } from '../../kubernetes/time-zones.ts';
import type { FieldPath } from '../../model.ts';
import type { Scaler } from './scalers.ts';

/** Values in a trigger's metadata that its scaler cannot read, with their paths below it. */
export function* valueFaults(type: string, metadata: Fields, scaler: Scaler): Generator<Fault> {
  const { integers = [], numbers = [], positive = [], addresses = [], urls = [] } = scaler;
  for (const [name, value] of Object.entries(metadata)) {
    // Flux puts in what a variable is worth, and numbers are for the schema to tell.
    if (typeof value !== 'string' || value === '' || value.includes('${')) continue;
    const path = [name];
    if (integers.includes(name) && !/^[+-]?\d+$/.test(value)) {
      yield { path, message: `${name} ${quoted(value)} is no whole number` };
    } else if (numbers.includes(name) && !isNumber(value)) {
      yield { path, message: `${name} ${quoted(value)} is no number` };
    } else if (positive.includes(name) && Number(value) <= 0) {
      yield { path, message: `${name} ${quoted(value)} is not above 0` };
    } else if (addresses.includes(name)) {
      yield* addressFaults(name, value, path);
    } else if (urls.includes(name) && !/^https?:\/\/[^/]/.test(value)) {
      const fix = 'Begin with http:// or https://.';
      yield { path, message: `${name} ${shown(value)} is no http address`, fix };
    }
  }
  for (const [name, choices] of Object.entries(scaler.choices ?? {})) {
    const value = Object.hasOwn(metadata, name) ? metadata[name] : undefined;
    if (typeof value !== 'string' || value === '' || choices.includes(value)) continue;
    const message = `${name} ${quoted(value)} is none of ${listed(choices)}`;
    yield { path: [name], message };
  }
  if (type === 'cron') yield* cronFaults(metadata);
}

function isNumber(text: string): boolean {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text);
}

/** A password may stand before an @. */
function shown(value: string): string {
  return value.includes('@') ? 'with its "@"' : quoted(value);
}

const hostPort =
  /^(?:\[[0-9a-fA-F:.]+\]|([A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?)):(\d{1,5})$/;

function* addressFaults(name: string, value: string, path: FieldPath): Generator<Fault> {
  for (const one of value.split(',').map((part) => part.trim())) {
    const match = hostPort.exec(one);
    const [, host = '', port = '0'] = match ?? [];
    if (!match || Number(port) < 1 || Number(port) > 65535) {
      const fix = 'Write it as host:port, without a scheme: redis.apps.svc:6379.';
      yield { path, message: `${name} ${shown(one)} is no host:port`, fix };
    } else if (host !== '' && host !== 'localhost' && !host.includes('.')) {
      const fix = `Write the full name: ${host}.<namespace>.svc:${port}.`;
      const message = `${name} ${quoted(one)} names a Service without its namespace, and KEDA looks in its own`;
      yield { path, message, fix, severity: 'warning' };
    }
  }
}

function* cronFaults(metadata: Fields): Generator<Fault> {
  const { timezone, start, end } = metadata;
  for (const [name, value] of [
    ['start', start],
    ['end', end],
  ] as const) {
    if (typeof value !== 'string' || value === '' || value.includes('${')) continue;
    const fault = cronFault(value);
    if (fault) yield { path: [name], message: `${name} ${quoted(value)} ${fault}` };
  }
  if (typeof start === 'string' && start !== '' && start === end) {
    const fix = 'End later than it starts.';
    yield { path: ['end'], message: `end ${quoted(end)} is the same as start`, fix };
  }
  if (typeof timezone !== 'string' || timezone === '' || timezone.includes('${')) return;
  const fault = timezone.toLowerCase() === 'local' ? undefined : timeZoneFault(timezone);
  if (fault) yield { path: ['timezone'], message: `timezone ${quoted(timezone)} ${fault}` };
}
