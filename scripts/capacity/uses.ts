import { listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { whole } from '../kubernetes/quantity.ts';
import type { Manifest } from '../model.ts';
import type { Contents, CountedClaims, CountedPods } from './contents.ts';

/** How much of one resource a namespace uses, in billionths. */
export interface Use {
  /** Everything at its minimum, and no Job running. */
  readonly min: bigint;
  /** Everything at its maximum, with every Job and CronJob running once. */
  readonly max: bigint;
  /** What DaemonSets add for every node. */
  readonly perNode: bigint;
  /** What a rolling update must add for a while before it may take anything away. */
  readonly surges: readonly { readonly workload: Manifest; readonly amount: bigint }[];
}

/**
 * How much of a resource is used, named as a quota names it: `requests.cpu`, `pods`,
 * `count/deployments.apps`. What nobody here makes counts nothing.
 *
 * @param matches which pods the quota is about; all when it is left out
 */
export function useOf(
  name: string,
  contents: Contents,
  matches: (pods: CountedPods) => boolean = () => true,
): Use {
  const sets = contents.pods.filter(matches);
  const each = sets.map((set) => ({ set, amount: amountOfPod(name, set) }));
  const objects = objectsUse(name, contents);
  const total = (count: (set: CountedPods) => number) =>
    each.reduce((sum, { set, amount }) => sum + amount * BigInt(count(set)), 0n);
  return {
    min: total(({ min }) => min) + objects.min,
    max: total(({ max }) => max) + objects.max,
    perNode: total(({ perNode }) => (perNode ? 1 : 0)),
    surges: each.flatMap(({ set, amount }) =>
      set.surge > 0 && amount > 0n
        ? { workload: set.workload, amount: amount * BigInt(set.surge) }
        : [],
    ),
  };
}

/** podComputeUsageHelper of pkg/quota/v1/evaluator/core/pods.go. */
function amountOfPod(name: string, { requests, limits }: CountedPods): bigint {
  if (name === 'pods' || name === 'count/pods') return whole;
  if (name.startsWith('limits.')) return limits.get(name.slice('limits.'.length)) ?? 0n;
  if (name.startsWith('requests.')) return requests.get(name.slice('requests.'.length)) ?? 0n;
  const isPlain = ['cpu', 'memory', 'ephemeral-storage'].includes(name);
  return isPlain || name.startsWith('hugepages-') ? (requests.get(name) ?? 0n) : 0n;
}

interface Bounds {
  readonly min: bigint;
  readonly max: bigint;
}

function objectsUse(name: string, contents: Contents): Bounds {
  const counted = name.startsWith('count/') ? name.slice('count/'.length) : name;
  const perClass = /^(.+)\.storageclass\.storage\.k8s\.io\/(.+)$/.exec(name);
  if (perClass) {
    const own = contents.claims.filter(({ storageClass }) => storageClass === perClass[1]);
    return claimsUse(perClass[2] ?? '', own);
  }
  if (counted === 'requests.storage' || counted === 'persistentvolumeclaims') {
    return claimsUse(counted, contents.claims);
  }
  if (counted.startsWith('services')) return both(servicesUse(counted, contents.manifests));
  const isCount = name.startsWith('count/') || plainCounts.has(name);
  if (!isCount || counted === 'pods') return { min: 0n, max: 0n };
  return made(counted, contents.objects);
}

const plainCounts: ReadonlySet<string> = new Set([
  'configmaps',
  'secrets',
  'replicationcontrollers',
  'resourcequotas',
]);

/** What controllers make of the objects in Git counts, too. */
function made(counted: string, objects: Contents['objects']): Bounds {
  const count = (name: string) => objects.get(name) ?? 0;
  const own = count(counted);
  switch (counted) {
    case 'configmaps':
      // Every namespace has kube-root-ca.crt.
      return both(own + 1);
    case 'replicasets.apps':
      return both(own + count('deployments.apps'));
    case 'horizontalpodautoscalers.autoscaling':
      return both(own + count('scaledobjects.keda.sh'));
    case 'jobs.batch':
      return { ...both(own), max: BigInt(own + count('cronjobs.batch')) * whole };
    default:
      return both(own);
  }
}

function both(count: number): Bounds {
  const amount = BigInt(count) * whole;
  return { min: amount, max: amount };
}

function claimsUse(counted: string, claims: readonly CountedClaims[]): Bounds {
  const amount = ({ storage }: CountedClaims) =>
    counted === 'requests.storage' ? storage : counted === 'persistentvolumeclaims' ? whole : 0n;
  return {
    min: claims.reduce((sum, one) => sum + amount(one) * BigInt(one.min), 0n),
    max: claims.reduce((sum, one) => sum + amount(one) * BigInt(one.max), 0n),
  };
}

/** pkg/quota/v1/evaluator/core/services.go. */
function servicesUse(counted: string, manifests: readonly Manifest[]): number {
  const services = manifests.filter((one) => one.apiVersion === 'v1' && one.kind === 'Service');
  const ofType = (type: string) =>
    services.filter(({ data }) => textAt(data, ['spec', 'type']) === type);
  switch (counted) {
    case 'services':
      return services.length;
    case 'services.loadbalancers':
      return ofType('LoadBalancer').length;
    case 'services.nodeports':
      return [
        ...ofType('NodePort'),
        ...ofType('LoadBalancer').filter(
          ({ data }) => valueAt(data, ['spec', 'allocateLoadBalancerNodePorts']) !== false,
        ),
      ].reduce((sum, { data }) => sum + listAt(data, ['spec', 'ports']).length, 0);
    default:
      return 0;
  }
}
