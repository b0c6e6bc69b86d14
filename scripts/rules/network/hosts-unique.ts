import { indexesOf } from '../../cluster/cluster-index.ts';
import { ingressClassOf } from '../../cluster/controllers.ts';
import { isRecord, listAt, textAt } from '../../kubernetes/fields.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { ClusterRule, FieldPath, Manifest } from '../../model.ts';

export const hostsUnique: ClusterRule = {
  id: 'network/hosts-unique',
  scope: 'cluster',
  severity: 'error',
  summary: 'A host and path belongs to one Ingress of a cluster.',
  why: 'Of two Ingresses with the same host and path, ingress-nginx refuses the second, and other controllers send requests to either.',
  fix: 'Give one of them another host or path; a canary says so in its annotation.',
  docs: 'https://kubernetes.github.io/ingress-nginx/how-it-works/',

  *check(view) {
    for (const index of indexesOf(view)) {
      const owners = new Map<string, Manifest>();
      for (const manifest of index.objects('networking.k8s.io', 'Ingress')) {
        if (textAt(manifest.data, ['metadata', 'annotations', canary]) === 'true') continue;
        for (const { host, path, at } of routesOf(manifest)) {
          const key = JSON.stringify([ingressClassOf(manifest.data), host, path]);
          const owner = owners.get(key);
          if (!owner) owners.set(key, manifest);
          else if (describe(owner) !== describe(manifest)) {
            yield {
              manifest,
              path: at,
              message: `${host}${path} is already of ${describe(owner)}`,
            };
          }
        }
      }
    }
  },
};

const canary = 'nginx.ingress.kubernetes.io/canary';

function routesOf({ data }: Manifest): { host: string; path: string; at: FieldPath }[] {
  return listAt(data, ['spec', 'rules']).flatMap((rule, index) => {
    const host = textAt(rule, ['host']);
    // Without a host it takes what is left, as a default does.
    if (!isRecord(rule) || !host || host.includes('$')) return [];
    return listAt(rule, ['http', 'paths']).map((one) => ({
      host,
      path: textAt(one, ['path']) ?? '/',
      at: ['spec', 'rules', index, 'host'],
    }));
  });
}
