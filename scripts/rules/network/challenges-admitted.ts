import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import { ingressControllersOf } from '../../cluster/controllers.ts';
import type { NetworkEnd } from '../../cluster/network-ends.ts';
import { admits } from '../../cluster/network-policies.ts';
import { isRecord, listAt, recordAt, textAt } from '../../kubernetes/fields.ts';
import type { ClusterRule, Manifest, Problem } from '../../model.ts';

export const challengesAdmitted: ClusterRule = {
  id: 'network/challenges-admitted',
  scope: 'cluster',
  severity: 'error',
  summary:
    'Where cert-manager proves a host over HTTP, NetworkPolicies let the controller reach the pods that answer.',
  why: 'cert-manager starts those pods in the namespace of the Ingress; where it is closed they are never reached, and the certificate is never issued or renewed.',
  fix: 'Allow ingress from the controller\'s namespace to port 8089 of pods with `acme.cert-manager.io/http01-solver: "true"`.',
  docs: 'https://cert-manager.io/docs/configuration/acme/http01/',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    for (const manifest of index.objects('networking.k8s.io', 'Ingress')) {
      const problem = problemOf(index, manifest);
      if (problem) yield problem;
    }
  },
};

function problemOf(index: ClusterIndex, manifest: Manifest): Problem | undefined {
  const { namespace, data } = manifest;
  if (namespace === undefined || listAt(data, ['spec', 'tls']).length === 0) return undefined;
  const annotations = recordAt(data, ['metadata', 'annotations']);
  const key = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer'].find(
    (one) => typeof annotations[one] === 'string',
  );
  if (!key) return undefined;
  const kind = key.endsWith('cluster-issuer') ? 'ClusterIssuer' : 'Issuer';
  const name = textAt(annotations, [key]) ?? '';
  const issuer = index.find(
    'cert-manager.io',
    kind,
    name,
    kind === 'Issuer' ? namespace : undefined,
  );
  if (!issuer) return undefined;
  for (const { end, shown } of controllersOf(index, issuer)) {
    if (admits(index, 'ingress', solverOf(issuer, namespace), end, port) !== 'no') continue;
    return {
      manifest,
      path: ['metadata', 'annotations', key],
      message: `${kind} ${name} proves hosts over HTTP, and NetworkPolicies of namespace ${namespace} do not let ${shown} reach the pods that answer`,
    };
  }
  return undefined;
}

/** Who sends challenges on; none unless every way of the issuer is the same. */
function controllersOf(index: ClusterIndex, { data }: Manifest) {
  const solvers = listAt(data, ['spec', 'acme', 'solvers']);
  const classes = solvers.map((one) => {
    const ingress = recordAt(one, ['http01', 'ingress']);
    return isRecord(one) && one.dns01 === undefined
      ? (ingress.ingressClassName ?? ingress.class)
      : undefined;
  });
  const [first] = classes;
  if (typeof first !== 'string' || classes.some((one) => one !== first)) return [];
  return ingressControllersOf(index, first);
}

const port = { protocol: 'TCP', number: 8089 };

/** The pods that cert-manager starts; an issuer may give them further labels. */
function solverOf({ data }: Manifest, namespace: string): NetworkEnd {
  const own = 'acme.cert-manager.io/';
  const more = listAt(data, ['spec', 'acme', 'solvers']).flatMap((one) =>
    Object.keys(recordAt(one, ['http01', 'ingress', 'podTemplate', 'metadata', 'labels'])),
  );
  return {
    namespace,
    labels: { [`${own}http01-solver`]: 'true' },
    mayHave: (key) => key.startsWith(own) || more.includes(key),
    ports: [{ number: port.number, name: 'http' }],
    isOnHost: false,
  };
}
