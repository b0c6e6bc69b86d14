import type { ClusterView } from '../model.ts';

/** Ports of the declared external Services, by `namespace/name`; `undefined` where none is said. */
export type ExternalServices = ReadonlyMap<string, ReadonlySet<number> | undefined>;

/** Reads `external.services` of a cluster. */
export function externalServicesOf({ cluster }: ClusterView): ExternalServices {
  const services = new Map<string, Set<number> | undefined>();
  for (const declared of cluster?.external.services ?? []) {
    const [, service = declared, port] = /^([^:]*):(\d+)$/.exec(declared) ?? [];
    const before = services.get(service);
    if (port === undefined) services.set(service, undefined);
    else if (before || !services.has(service)) {
      services.set(service, new Set([...(before ?? []), Number(port)]));
    }
  }
  return services;
}
