import { textAt, valueAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { optional } from './flux-fields.ts';
import type { IsOwn } from './own-repositories.ts';
import type { SourceObject } from './sync-graph.ts';
import { namespaceOf } from './unit-id.ts';
import type { Revision } from './unit-source.ts';

const kinds = ['GitRepository', 'OCIRepository', 'HelmRepository', 'Bucket'] as const;

/** A Flux source; undefined for other kinds. */
export function readSourceObject(manifest: Manifest, isOwn: IsOwn): SourceObject | undefined {
  const kind = kinds.find((one) => one === manifest.kind);
  if (!kind || groupOf(manifest.apiVersion) !== 'source.toolkit.fluxcd.io') return undefined;
  const { data, name } = manifest;
  const namespace = namespaceOf(manifest);
  const url = textAt(data, ['spec', 'url']) ?? textAt(data, ['spec', 'endpoint']) ?? '';
  return {
    id: `${kind}/${namespace}/${name}`,
    kind,
    name,
    namespace,
    manifest,
    parents: [],
    url,
    isOwn: kind === 'GitRepository' && isOwn(url),
    revision: revisionIn(kind, data),
    suspended: valueAt(data, ['spec', 'suspend']) === true,
    ...optional('secret', textAt(data, ['spec', 'secretRef', 'name'])),
    ...optional('ignore', textAt(data, ['spec', 'ignore'])),
  };
}

/** What decides comes first: a commit over a name, over a range, over a tag, over a branch. */
function revisionIn(kind: SourceObject['kind'], data: unknown): Revision {
  const at: FieldPath = ['spec', 'ref'];
  const fields: readonly (readonly [string, Revision['kind']])[] =
    kind === 'OCIRepository'
      ? [
          ['digest', 'digest'],
          ['semver', 'semver'],
          ['tag', 'tag'],
        ]
      : [
          ['commit', 'commit'],
          ['name', 'name'],
          ['semver', 'semver'],
          ['tag', 'tag'],
          ['branch', 'branch'],
        ];
  if (kind === 'HelmRepository' || kind === 'Bucket') return { kind: 'unknown', value: '', at };
  for (const [field, is] of fields) {
    const value = textAt(data, [...at, field]);
    if (value) return { kind: is, value, at: [...at, field] };
  }
  // Flux takes `master`, and of an OCI repository `latest`.
  return { kind: 'head', value: '', at };
}
