import { type Fields, isObject, objects } from './objects.ts';
import { canonicalMap, canonicalResources } from './server-quantity.ts';

/** Fills in what the API server adds to an object of a kind besides its pod, in place. */
export function kindDefaults(kind: string, object: Fields): void {
  const fill = Object.hasOwn(ofSpecs, kind) ? ofSpecs[kind] : undefined;
  if (fill && isObject(object.spec)) fill(object.spec);
  if (kind === 'Namespace') namespaceDefaults(object);
  if (kind === 'Secret') secretDefaults(object);
  if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') bindingDefaults(object);
}

const ofSpecs: Readonly<Record<string, (spec: Fields) => void>> = {
  Deployment(spec) {
    spec.replicas ??= 1;
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
    rolling(spec, 'strategy', { maxSurge: '25%', maxUnavailable: '25%' });
  },
  StatefulSet(spec) {
    spec.replicas ??= 1;
    spec.revisionHistoryLimit ??= 10;
    spec.podManagementPolicy ??= 'OrderedReady';
    rolling(spec, 'updateStrategy', { partition: 0 });
    for (const claim of objects(spec.volumeClaimTemplates)) {
      if (isObject(claim.spec)) claimDefaults(claim.spec);
    }
  },
  DaemonSet(spec) {
    spec.revisionHistoryLimit ??= 10;
    rolling(spec, 'updateStrategy', { maxSurge: 0, maxUnavailable: 1 });
  },
  ReplicaSet(spec) {
    spec.replicas ??= 1;
  },
  ReplicationController(spec) {
    spec.replicas ??= 1;
  },
  Job(spec) {
    spec.backoffLimit ??= 6;
    if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
    spec.parallelism ??= 1;
    spec.completionMode ??= 'NonIndexed';
    spec.suspend ??= false;
  },
  CronJob(spec) {
    spec.concurrencyPolicy ??= 'Allow';
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
  },
  HorizontalPodAutoscaler(spec) {
    spec.minReplicas ??= 1;
    const isMeasured = Array.isArray(spec.metrics) && spec.metrics.length > 0;
    if (isMeasured) return;
    const target = { type: 'Utilization', averageUtilization: 80 };
    spec.metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
  },
  Service: serviceDefaults,
  NetworkPolicy(spec) {
    const egress = Array.isArray(spec.egress) && spec.egress.length > 0;
    spec.policyTypes ??= egress ? ['Ingress', 'Egress'] : ['Ingress'];
    for (const rule of [...objects(spec.ingress), ...objects(spec.egress)]) {
      for (const port of objects(rule.ports)) port.protocol ??= 'TCP';
    }
  },
  PersistentVolumeClaim: claimDefaults,
  PersistentVolume(spec) {
    spec.persistentVolumeReclaimPolicy ??= 'Retain';
    spec.volumeMode ??= 'Filesystem';
    canonicalMap(spec.capacity);
  },
  ResourceQuota: (spec) => canonicalMap(spec.hard),
};

/** How pods are replaced: one after the other, in steps of its own. */
function rolling(spec: Fields, field: string, steps: Fields): void {
  spec[field] ??= {};
  const strategy = spec[field];
  if (!isObject(strategy)) return;
  strategy.type ||= 'RollingUpdate';
  if (strategy.type !== 'RollingUpdate') return;
  strategy.rollingUpdate ??= {};
  const { rollingUpdate } = strategy;
  if (isObject(rollingUpdate)) {
    for (const [name, value] of Object.entries(steps)) rollingUpdate[name] ??= value;
  }
}

function serviceDefaults(spec: Fields): void {
  spec.type ??= 'ClusterIP';
  spec.sessionAffinity ??= 'None';
  if (spec.type !== 'ExternalName') spec.internalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') {
    spec.externalTrafficPolicy ??= 'Cluster';
  }
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
  for (const port of objects(spec.ports)) {
    port.protocol ??= 'TCP';
    port.targetPort ??= port.port;
  }
}

function claimDefaults(spec: Fields): void {
  spec.volumeMode ??= 'Filesystem';
  canonicalResources(spec.resources);
}

/** The one label that the API server itself gives. */
function namespaceDefaults(object: Fields): void {
  const { metadata } = object;
  if (!isObject(metadata) || typeof metadata.name !== 'string') return;
  const labels = isObject(metadata.labels) ? metadata.labels : {};
  metadata.labels = { ...labels, 'kubernetes.io/metadata.name': metadata.name };
}

/** What is written as text is stored among the data, and never seen again. */
function secretDefaults(object: Fields): void {
  object.type ??= 'Opaque';
  const { stringData } = object;
  if (!isObject(stringData)) return;
  const encoded = Object.entries(stringData).map(([key, text]) => [
    key,
    Buffer.from(String(text)).toString('base64'),
  ]);
  object.data = { ...(isObject(object.data) ? object.data : {}), ...Object.fromEntries(encoded) };
  delete object.stringData;
}

function bindingDefaults({ roleRef, subjects }: Fields): void {
  const group = 'rbac.authorization.k8s.io';
  if (isObject(roleRef)) roleRef.apiGroup ||= group;
  for (const subject of objects(subjects)) {
    if (subject.kind !== 'ServiceAccount') subject.apiGroup ||= group;
  }
}
