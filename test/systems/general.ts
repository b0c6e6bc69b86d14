import { isRecord, listAt, recordAt, textAt, valueAt } from '../../scripts/kubernetes/fields.ts';
import { describe as nameOf } from '../../scripts/kubernetes/manifests.ts';
import { scaleTargetOf } from '../../scripts/kubernetes/scaling.ts';
import { containersOf, podLabelsOf } from '../../scripts/kubernetes/workloads.ts';
import type { Manifest } from '../../scripts/model.ts';
import { selects } from './flows.ts';
import { monitored } from './monitoring.ts';
import { consumedSecretsAreProduced, remoteKeysNameTheEnvironment } from './secrets.ts';
import { all, type Check, everywhere, type Row, type System } from './system.ts';

const template = ['spec', 'template', 'spec'];

/** What runs until somebody stops it. */
function longRunning(system: System): Manifest[] {
  return all(system, 'Deployment', 'StatefulSet', 'DaemonSet');
}

const complete: Check = (system) =>
  system.manifests.flatMap((manifest) =>
    [...containersOf(manifest)].flatMap(({ name, data }) =>
      ['requests', 'limits'].flatMap((kind) =>
        ['cpu', 'memory']
          .filter((resource) => valueAt(data, ['resources', kind, resource]) === undefined)
          .map((resource) => `${nameOf(manifest)}: ${name} has no ${kind} of ${resource}`),
      ),
    ),
  );

const probed: Check = (system) =>
  longRunning(system).flatMap((manifest) =>
    listAt(manifest.data, [...template, 'containers']).flatMap((container) =>
      ['startupProbe', 'livenessProbe', 'readinessProbe']
        .filter((probe) => !isRecord(valueAt(container, [probe])))
        .map((probe) => `${nameOf(manifest)} has no ${probe}`),
    ),
  );

const endsGracefully: Check = (system) =>
  longRunning(system)
    .filter(
      ({ data }) => !(Number(valueAt(data, [...template, 'terminationGracePeriodSeconds'])) >= 30),
    )
    .map((manifest) => `${nameOf(manifest)} gets less than 30 s, or the default, to end`);

const budgeted: Check = (system) =>
  longRunning(system).flatMap((manifest) => {
    const budgets = all(system, 'PodDisruptionBudget').filter(({ data }) =>
      selects(valueAt(data, ['spec', 'selector']), podLabelsOf(manifest) ?? {}),
    );
    return budgets.length === 1
      ? []
      : [`${nameOf(manifest)} has ${budgets.length} PodDisruptionBudgets`];
  });

const spread: Check = (system) =>
  all(system, 'Deployment')
    .filter(
      ({ data }) =>
        !listAt(data, [...template, 'topologySpreadConstraints']).some(
          (one) => textAt(one, ['topologyKey']) === 'topology.kubernetes.io/zone',
        ),
    )
    .map((manifest) => `${nameOf(manifest)} is not spread over zones`);

const closed: Check = (system) => {
  const isDeny = ({ data }: Manifest) =>
    Object.keys(recordAt(data, ['spec', 'podSelector'])).length === 0 &&
    listAt(data, ['spec', 'policyTypes']).length === 2 &&
    [...listAt(data, ['spec', 'ingress']), ...listAt(data, ['spec', 'egress'])].length === 0;
  return all(system, 'NetworkPolicy').some(isDeny) ? [] : ['nothing is denied by default'];
};

const resolvesNames: Check = (system) => {
  const isDns = (rule: unknown, protocol: string) =>
    listAt(rule, ['ports']).some(
      (port) => valueAt(port, ['port']) === 53 && valueAt(port, ['protocol']) === protocol,
    );
  const found = all(system, 'NetworkPolicy').some(
    ({ data }) =>
      Object.keys(recordAt(data, ['spec', 'podSelector'])).length === 0 &&
      ['UDP', 'TCP'].every((protocol) =>
        listAt(data, ['spec', 'egress']).some((rule) => isDns(rule, protocol)),
      ),
  );
  return found ? [] : ['not every pod may ask DNS'];
};

const encrypted: Check = (system) =>
  all(system, 'Ingress').flatMap((ingress) => {
    const { data } = ingress;
    const tls = listAt(data, ['spec', 'tls']).filter((one) => textAt(one, ['secretName']));
    const covered = tls.flatMap((one) => listAt(one, ['hosts']));
    const issuer = textAt(data, ['metadata', 'annotations', 'cert-manager.io/cluster-issuer']);
    return [
      ...(issuer === 'letsencrypt-prod' ? [] : [`${nameOf(ingress)} orders no certificate`]),
      ...listAt(data, ['spec', 'rules'])
        .map((rule) => textAt(rule, ['host']))
        .filter((host) => !covered.includes(host))
        .map((host) => `${nameOf(ingress)} has no TLS for ${host}`),
    ];
  });

const scaledByOne: Check = (system) => {
  const scaled = new Map<string, string>();
  return system.manifests.flatMap((manifest) => {
    const target = scaleTargetOf(manifest);
    if (!target) return [];
    const key = `${target.kind} ${target.name}`;
    const other = scaled.get(key);
    scaled.set(key, nameOf(manifest));
    const workload = all(system, target.kind).find(({ name }) => name === target.name);
    return [
      ...(other ? [`${key} is scaled by ${other} and ${nameOf(manifest)}`] : []),
      ...(workload ? [] : [`${nameOf(manifest)} scales ${key}, which is missing`]),
      ...(valueAt(workload?.data, ['spec', 'replicas']) === undefined
        ? []
        : [`${key} has replicas`]),
    ];
  });
};

/** What holds of the workloads of all systems. */
export const generalRows: readonly Row[] = [
  {
    says: 'every consumed key is produced',
    environments: everywhere,
    check: consumedSecretsAreProduced,
  },
  {
    says: 'keys of this environment',
    environments: everywhere,
    check: remoteKeysNameTheEnvironment,
  },
  { says: 'requests and limits', environments: everywhere, check: complete },
  { says: 'probes', environments: everywhere, check: probed },
  { says: 'graceful termination', environments: everywhere, check: endsGracefully },
  { says: 'a disruption budget each', environments: everywhere, check: budgeted },
  { says: 'spread over zones', environments: ['staging', 'prod'], check: spread },
  { says: 'default deny', environments: everywhere, check: closed },
  { says: 'DNS', environments: everywhere, check: resolvesNames },
  { says: 'TLS on every Ingress', environments: everywhere, check: encrypted },
  { says: 'metrics, alerts and a dashboard', environments: everywhere, check: monitored },
  { says: 'one autoscaler a workload', environments: everywhere, check: scaledByOne },
];
