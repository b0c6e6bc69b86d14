import type { Manifest, Origin, Target } from '../model.ts';
import { isRecord, listAt, textAt } from './fields.ts';

/** What a manifest is made with besides its document. */
export interface ManifestContext {
  readonly origin?: Origin;
  readonly target?: Target;
}

/**
 * The Kubernetes objects among a file's documents. A `List` is unpacked, as
 * kubectl does. A document without apiVersion and kind is none of them.
 */
export function manifestsOf(documents: readonly unknown[], context: ManifestContext): Manifest[] {
  return documents.flatMap((document) => {
    if (!isRecord(document)) return [];
    const { apiVersion, kind } = document;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
    if (kind.endsWith('List') && Array.isArray(document.items)) {
      return manifestsOf(listAt(document, ['items']), context);
    }
    return [toManifest(document, apiVersion, kind, context)];
  });
}

function toManifest(
  data: Readonly<Record<string, unknown>>,
  apiVersion: string,
  kind: string,
  { origin, target }: ManifestContext,
): Manifest {
  const namespace = textAt(data, ['metadata', 'namespace']);
  const generateName = textAt(data, ['metadata', 'generateName']);
  return {
    ...(target && { target }),
    apiVersion,
    kind,
    name: textAt(data, ['metadata', 'name']) ?? (generateName ? `${generateName}*` : ''),
    ...(namespace && { namespace }),
    data,
    ...(origin && { origin }),
  };
}

/** The API group of an apiVersion; empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** How messages name an object: `Deployment ai-assistant/api`. */
export function describe({
  kind,
  namespace,
  name,
}: Pick<Manifest, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
