import { isRecord, listAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import { type Container, containersOf } from '../../kubernetes/workloads.ts';
import type { FieldPath, Manifest, ManifestRule, Problem } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';

export const probePortsExist: ManifestRule = {
  id: 'workloads/probe-ports-exist',
  scope: 'manifest',
  severity: 'error',
  summary: 'A probe or hook that names a port names one of its own container.',
  why: 'The kubelet finds no number for the name: the probe fails each time, and the pod is never ready or is restarted for ever.',
  fix: 'Take the name from `ports` of the same container.',
  docs: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port',

  *check(manifest) {
    for (const container of containersOf(manifest)) yield* judge(manifest, container);
  },
};

const places: readonly FieldPath[] = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

function* judge(manifest: Manifest, { data, path }: Container): Generator<Problem> {
  const names = listAt(data, ['ports']).flatMap((one) => textAt(one, ['name']) ?? []);
  for (const place of places) {
    for (const handler of ['httpGet', 'tcpSocket']) {
      const at = [...place, handler, 'port'];
      const port = valueAt(data, at);
      if (typeof port !== 'string' || /^\d+$/.test(port) || port.includes('$')) continue;
      if (!isRecord(data) || names.includes(port)) continue;
      const meant = nearest(port, names);
      const known = names.length > 0 ? `The container has ${names.join(', ')}.` : undefined;
      const fix = meant ? `Did you mean "${meant}"?` : known;
      yield {
        manifest,
        path: [...path, ...at],
        message: `port ${port} of ${place.at(-1)} is the name of no port of the container`,
        ...(fix && { fix }),
      };
    }
  }
}
