import { describe, expect, test } from 'vitest';
import { listAt, textAt, valueAt } from '../../scripts/kubernetes/fields.ts';
import type { Manifest } from '../../scripts/model.ts';
import { type Environment, ofKind, readEnvironments, text } from './environments.ts';

const environments = await readEnvironments();

/** Rules of prometheus-adapter: which metric is made of which series. */
function adapterRules({ name, at }: Environment): Map<string, string> {
  const releases = ofKind(at(`overlays/${name}/platform/controllers/flux`), 'HelmRelease');
  const adapter = releases.find((one) => one.name === 'prometheus-adapter');
  const values = valueAt(adapter?.data, ['spec', 'values']);
  expect(valueAt(values, ['rules', 'default'])).toBe(false);
  return new Map(
    listAt(values, ['rules', 'custom']).map((rule) => [
      text(rule, 'name', 'as'),
      /^\w+/.exec(text(rule, 'seriesQuery'))?.[0] ?? '',
    ]),
  );
}

interface Wanted {
  readonly autoscaler: Manifest;
  readonly type: string;
  readonly metric: string;
}

function wantedIn({ manifests }: Environment): Wanted[] {
  return ofKind(manifests, 'HorizontalPodAutoscaler').flatMap((autoscaler) =>
    listAt(autoscaler.data, ['spec', 'metrics']).map((one) => {
      const type = text(one, 'type');
      const metric = textAt(one, ['pods', 'metric', 'name']) ?? textAt(one, ['resource', 'name']);
      return { autoscaler, type, metric: metric ?? '' };
    }),
  );
}

describe.for(environments)('$name', (environment) => {
  const { cluster, manifests } = environment;
  const wanted = wantedIn(environment);
  const rules = adapterRules(environment);

  test('an autoscaler asks for resources, which metrics-server has, or for what the adapter makes', () => {
    expect(wanted.length).toBeGreaterThan(0);
    expect(Object.keys(cluster.charts)).toContain('metrics-server');
    for (const { type, metric } of wanted) {
      if (type === 'Resource') expect(['cpu', 'memory']).toContain(metric);
      else expect([type, rules.has(metric)]).toEqual(['Pods', true]);
    }
  });

  test('what the adapter makes it of is scraped in the namespace of the autoscaler', () => {
    const scraped = [...ofKind(manifests, 'ServiceMonitor'), ...ofKind(manifests, 'PodMonitor')];
    const namespaces = scraped.map((one) => one.namespace);
    for (const { autoscaler, type, metric } of wanted) {
      if (type !== 'Pods') continue;
      expect(namespaces).toContain(autoscaler.namespace);
      expect(metric).toBe(rules.get(metric)?.replace(/_total$/, '_per_second'));
    }
  });

  test('what KEDA scales by is a queue that is there and that the workers read', () => {
    for (const scaler of ofKind(manifests, 'ScaledObject')) {
      const target = manifests.find(
        ({ kind, name, namespace }) =>
          kind === text(scaler.data, 'spec', 'scaleTargetRef', 'kind') &&
          name === text(scaler.data, 'spec', 'scaleTargetRef', 'name') &&
          namespace === scaler.namespace,
      );
      for (const trigger of listAt(scaler.data, ['spec', 'triggers'])) {
        const { address, queue } = queueOf(trigger);
        expect(servicesOf(environment)).toContain(address);
        expect(settingsOf(target, manifests)).toContain(queue);
      }
    }
  });
});

test('the adapter makes nothing that no autoscaler of any cluster asks for', () => {
  const asked = environments.flatMap(wantedIn).filter(({ type }) => type === 'Pods');
  const made = environments.flatMap((one) => [...adapterRules(one).keys()]);
  expect([...new Set(made)].sort()).toEqual([...new Set(asked.map(({ metric }) => metric))].sort());
});

test('production scales by a queue of each kind', () => {
  const prod = environments.filter(({ name }) => name === 'prod');
  const types = prod.flatMap(({ manifests }) =>
    ofKind(manifests, 'ScaledObject').flatMap(({ data }) =>
      listAt(data, ['spec', 'triggers']).map((trigger) => text(trigger, 'type')),
    ),
  );
  expect(types.sort()).toEqual(['redis', 'temporal']);
});

/** Where a trigger looks, and the queue that it counts. Another type has to be written here first. */
function queueOf(trigger: unknown): { address: string; queue: string } {
  const type = text(trigger, 'type');
  if (type === 'temporal') {
    const queue = text(trigger, 'metadata', 'taskQueue');
    return { address: text(trigger, 'metadata', 'endpoint'), queue };
  }
  expect(type).toBe('redis');
  const queue = text(trigger, 'metadata', 'listName');
  return { address: text(trigger, 'metadata', 'address').replace('.svc:', ':'), queue };
}

/** Every Service as `name.namespace:port`, those from elsewhere included. */
function servicesOf({ cluster, manifests }: Environment): string[] {
  const external = cluster.external.services.map((one) =>
    one.replace(/^(.+)\/(.+):(\d+)$/, '$2.$1:$3'),
  );
  const own = ofKind(manifests, 'Service').flatMap(({ name, namespace, data }) =>
    listAt(data, ['spec', 'ports']).map(
      (port) => `${name}.${namespace}:${valueAt(port, ['port'])}`,
    ),
  );
  return [...external, ...own];
}

/** The values of a workload's environment variables, from itself and from ConfigMaps. */
function settingsOf(workload: Manifest | undefined, manifests: readonly Manifest[]): string[] {
  const containers = listAt(workload?.data, ['spec', 'template', 'spec', 'containers']);
  return containers.flatMap((container) => {
    const own = listAt(container, ['env']).flatMap((one) => textAt(one, ['value']) ?? []);
    const maps = listAt(container, ['envFrom']).flatMap(
      (one) => textAt(one, ['configMapRef', 'name']) ?? [],
    );
    const shared = ofKind(manifests, 'ConfigMap')
      .filter(({ name, namespace }) => maps.includes(name) && namespace === workload?.namespace)
      .flatMap(({ data }) => Object.values(valueAt(data, ['data']) ?? {}));
    return [...own, ...shared.map(String)];
  });
}
