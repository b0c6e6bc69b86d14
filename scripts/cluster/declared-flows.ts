import { isRecord, listAt, textAt } from '../kubernetes/fields.ts';
import type { Manifest } from '../model.ts';
import { type Address, addressesIn } from './addresses.ts';
import type { ClusterIndex } from './cluster-index.ts';
import { type DeclaredValue, declaredValuesOf } from './declared-values.ts';
import { type NamedService, serviceNamed } from './service-names.ts';
import type { Workload } from './workloads.ts';

/** An address of a Service of the cluster that a workload is configured with. */
export interface DeclaredFlow {
  readonly workload: Workload;
  readonly value: DeclaredValue;
  readonly service: NamedService;
  /** The port of the Service; absent when nobody says it. */
  readonly port?: number;
  /** As it is written: `redis-service:6379`. */
  readonly shown: string;
}

const known = new WeakMap<ClusterIndex, readonly DeclaredFlow[]>();

/** Every address of a Service that workloads in Git are told. */
export function declaredFlowsOf(index: ClusterIndex): readonly DeclaredFlow[] {
  let flows = known.get(index);
  if (!flows) {
    flows = index.workloads.flatMap((workload) => {
      if (workload.namespace === undefined) return [];
      const values = declaredValuesOf(index, workload);
      return values.flatMap((value) => flowsIn(index, workload, value, values));
    });
    known.set(index, flows);
  }
  return flows;
}

function flowsIn(
  index: ClusterIndex,
  workload: Workload,
  value: DeclaredValue,
  all: readonly DeclaredValue[],
): DeclaredFlow[] {
  return addressesIn(value.text).flatMap((address) => {
    const service = serviceNamed(index, address.host, workload.namespace ?? '');
    if (!service || !isMeant(index, value, address, service)) return [];
    const port = address.port ?? siblingPort(value, all) ?? onlyPort(service.manifest);
    const shown = address.port ? `${address.host}:${address.port}` : address.host;
    return { workload, value, service, ...(port && { port }), shown };
  });
}

const ofAddress =
  /(HOST|HOSTNAME|ADDR|ADDRESS|SERVER|ENDPOINT|URL|URI|BROKER|TARGET|UPSTREAM|SERVICE)(E?S)?$/i;

/** Whether a word is an address, and not something else that has the form of one. */
function isMeant(
  index: ClusterIndex,
  { variable = '', text }: DeclaredValue,
  { host, port, isSure }: Address,
  { manifest, isExternal, namespace, name }: NamedService,
): boolean {
  if (isSure) return true;
  if (port === undefined) {
    return text === host && ofAddress.test(variable) && (manifest !== undefined || isExternal);
  }
  if (ofAddress.test(variable)) return true;
  if (manifest) return servicePortOf(manifest, port) !== undefined;
  return index.externalServices.get(`${namespace}/${name}`)?.has(port) === true;
}

/** `REDIS_PORT` beside `REDIS_HOST`. */
function siblingPort(
  { variable = '' }: DeclaredValue,
  all: readonly DeclaredValue[],
): number | undefined {
  const name = variable.replace(/(HOST|HOSTNAME|ADDR|ADDRESS|SERVER)$/i, 'PORT');
  const sibling = name !== variable && all.find((one) => one.variable === name);
  return sibling && /^\d{1,5}$/.test(sibling.text) ? Number(sibling.text) : undefined;
}

function onlyPort(service: Manifest | undefined): number | undefined {
  const ports = listAt(service?.data, ['spec', 'ports']);
  const [one] = ports;
  if (ports.length !== 1 || !isRecord(one) || typeof one.port !== 'number') return undefined;
  return one.port;
}

/** A port of a Service as it stands there; undefined for none. */
export function servicePortOf(
  service: Manifest,
  number: number,
): Readonly<Record<string, unknown>> | undefined {
  const ports = listAt(service.data, ['spec', 'ports']).filter(isRecord);
  return ports.find(({ port }) => port === number);
}

/** Whether a Service's name stands for the addresses of its pods. */
export function isHeadless(service: Manifest): boolean {
  return textAt(service.data, ['spec', 'clusterIP']) === 'None';
}
