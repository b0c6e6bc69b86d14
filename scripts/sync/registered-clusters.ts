import { recordAt, textAt } from '../kubernetes/fields.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { secretTypeLabel } from './application-set/cluster-generator.ts';
import type { RegisteredCluster } from './application-set/set-context.ts';

/** Where the kinds that make Secrets say a Secret's metadata and data. */
const places: Readonly<Record<string, { readonly metadata: FieldPath; readonly data: FieldPath }>> =
  {
    Secret: { metadata: ['metadata'], data: ['stringData'] },
    SealedSecret: {
      metadata: ['spec', 'template', 'metadata'],
      data: ['spec', 'template', 'data'],
    },
    ExternalSecret: {
      metadata: ['spec', 'target', 'template', 'metadata'],
      data: ['spec', 'target', 'template', 'data'],
    },
  };

/** The clusters that Secrets among these manifests register with Argo CD. Credentials are not read. */
export function registeredClusters(manifests: readonly Manifest[]): RegisteredCluster[] {
  return manifests.flatMap(({ kind, data }) => {
    const place = Object.hasOwn(places, kind) ? places[kind] : undefined;
    if (!place) return [];
    const labels = texts(data, [...place.metadata, 'labels']);
    if (labels[secretTypeLabel] !== 'cluster') return [];
    const value = (name: string): string | undefined => {
      const text = textAt(data, [...place.data, name]);
      return text === undefined || text.includes('{{') ? undefined : text;
    };
    const [name, server, project] = [value('name'), value('server'), value('project')];
    return {
      ...(name && { name }),
      ...(server && { server }),
      ...(project && { project }),
      labels,
      annotations: texts(data, [...place.metadata, 'annotations']),
    };
  });
}

function texts(data: unknown, path: FieldPath): Record<string, string> {
  const entries = Object.entries(recordAt(data, path));
  return Object.fromEntries(
    entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : [])),
  );
}
