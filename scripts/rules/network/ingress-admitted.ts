import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import { ingressClassOf, ingressControllersOf } from '../../cluster/controllers.ts';
import { admits } from '../../cluster/network-policies.ts';
import { podsBehind } from '../../cluster/service-ends.ts';
import { serviceReferencesOf } from '../../cluster/service-references.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest, Problem } from '../../model.ts';

export const ingressAdmitted: ClusterRule = {
  id: 'network/ingress-admitted',
  scope: 'cluster',
  severity: 'error',
  summary: 'The pods behind an Ingress let its controller in.',
  why: 'A controller that a NetworkPolicy keeps out answers every request with 504 Gateway Timeout.',
  fix: "Allow ingress from the controller's namespace to the port of the pods.",
  docs: 'https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    for (const manifest of index.objects('networking.k8s.io', 'Ingress')) {
      yield* judge(index, manifest);
    }
  },
};

function* judge(index: ClusterIndex, manifest: Manifest): Generator<Problem> {
  const controllers = ingressControllersOf(index, ingressClassOf(manifest.data) ?? '');
  const told = new Set<string>();
  for (const { by, name, namespace, port, path } of serviceReferencesOf(manifest)) {
    const service = index.find('', 'Service', name, namespace);
    if (!service || told.has(`${name} ${port}`)) continue;
    for (const called of podsBehind(index, service, port)) {
      const out = controllers.find(
        ({ end }) => admits(index, 'ingress', called.end, end, called.port) === 'no',
      );
      if (!out) continue;
      told.add(`${name} ${port}`);
      const at = called.port.number === undefined ? '' : ` to port ${called.port.number}`;
      yield {
        manifest,
        path,
        message: `${by} is ${describe(called.workload.manifest)}, whose NetworkPolicies do not let ${out.shown} in${at}`,
      };
      break;
    }
  }
}
