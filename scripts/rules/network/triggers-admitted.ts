import { addressesIn } from '../../cluster/addresses.ts';
import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import { type Controller, kedaOperatorsOf } from '../../cluster/controllers.ts';
import { admits } from '../../cluster/network-policies.ts';
import { podsBehind } from '../../cluster/service-ends.ts';
import { serviceNamed } from '../../cluster/service-names.ts';
import { listAt, recordAt } from '../../kubernetes/fields.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest, Problem } from '../../model.ts';

export const triggersAdmitted: ClusterRule = {
  id: 'network/triggers-admitted',
  scope: 'cluster',
  severity: 'error',
  summary: 'The pods that a KEDA trigger asks let the operator of KEDA in.',
  why: 'KEDA asks from its own namespace: a queue that is closed to it gives no length, and nothing is scaled.',
  fix: "Allow ingress from KEDA's namespace to the port of the pods.",
  docs: 'https://keda.sh/docs/latest/concepts/scaling-deployments/',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    const operators = kedaOperatorsOf(index);
    if (operators.length === 0) return;
    for (const kind of ['ScaledObject', 'ScaledJob']) {
      for (const manifest of index.objects('keda.sh', kind)) {
        for (const operator of operators) yield* judge(index, manifest, operator);
      }
    }
  },
};

function* judge(
  index: ClusterIndex,
  manifest: Manifest,
  { end, shown }: Controller,
): Generator<Problem> {
  for (const [at, trigger] of listAt(manifest.data, ['spec', 'triggers']).entries()) {
    for (const [field, text] of Object.entries(recordAt(trigger, ['metadata']))) {
      if (typeof text !== 'string') continue;
      const closed = addressesIn(text)
        .filter(({ isSure, port }) => isSure || port !== undefined)
        .flatMap(({ host, port }) => {
          const service = serviceNamed(index, host, end.namespace)?.manifest;
          return service ? podsBehind(index, service, port) : [];
        })
        .find((called) => admits(index, 'ingress', called.end, end, called.port) === 'no');
      if (!closed) continue;
      yield {
        manifest,
        path: ['spec', 'triggers', at, 'metadata', field],
        message: `${field} leads to ${describe(closed.workload.manifest)}, whose NetworkPolicies do not let ${shown} in`,
      };
    }
  }
}
