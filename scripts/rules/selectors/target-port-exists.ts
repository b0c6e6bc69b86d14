import { type ClusterIndex, indexesOf } from '../../cluster/cluster-index.ts';
import { containerPortsOf, hasUnreadPort } from '../../cluster/ports.ts';
import { podsMatching } from '../../cluster/selection.ts';
import { selectorOf } from '../../cluster/service-selector.ts';
import { isRecord, listAt } from '../../kubernetes/fields.ts';
import type { ClusterRule, Manifest, Problem } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';

export const targetPortExists: ClusterRule = {
  id: 'selectors/target-port-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'A Service sends to a port that a container of its pods has.',
  why: 'A name that no container has gives a Service without endpoints; a number that none listens on refuses every connection.',
  fix: 'Take the name or the number from `ports` of the container.',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',

  *check(view) {
    for (const index of indexesOf(view)) {
      for (const service of index.objects('', 'Service')) yield* judge(index, service);
    }
  },
};

function* judge(index: ClusterIndex, manifest: Manifest): Generator<Problem> {
  const selector = selectorOf(manifest);
  if (!selector) return;
  const pods = podsMatching(index, { matchLabels: selector }, manifest.namespace);
  // Something may put containers into the pods of a custom kind.
  if (pods.length === 0 || pods.some((one) => !one.isBuiltIn || hasUnreadPort(one))) return;
  const ports = pods.flatMap((one) => containerPortsOf(one));
  const names = ports.flatMap(({ name }) => name ?? []);
  for (const [at, port] of listAt(manifest.data, ['spec', 'ports']).entries()) {
    if (!isRecord(port)) continue;
    const target = port.targetPort ?? port.port;
    const field = port.targetPort === undefined ? 'port' : 'targetPort';
    const path = ['spec', 'ports', at, field];
    const shown = ports.map(({ number, name }) => (name ? `${number} (${name})` : `${number}`));
    const known = [...new Set(shown)].join(', ');
    if (typeof target === 'string' && !/^\d+$/.test(target)) {
      if (names.includes(target)) continue;
      const meant = nearest(target, names);
      const message = `${field} ${target} is the name of no port of the pods that Service ${manifest.name} selects`;
      const fix = meant ? `Did you mean "${meant}"?` : known && `The containers have ${known}.`;
      yield { manifest, path, message, ...(fix && { fix }) };
    } else if (typeof target === 'number' && ports.length > 0) {
      if (ports.some(({ number }) => number === target)) continue;
      yield {
        manifest,
        path,
        message: `${field} ${target} is no port that the pods of Service ${manifest.name} declare`,
        fix: `The containers have ${known}.`,
        // Containers may listen on more than they declare.
        severity: 'note',
      };
    }
  }
}
