import { validate } from '../../scripts/index.ts';
import { textAt, valueAt } from '../../scripts/kubernetes/fields.ts';
import type { Cluster, Engine, Manifest, Repository } from '../../scripts/model.ts';
import { root } from '../repository.ts';

/** A cluster with everything that this repository brings to it. */
export interface Environment {
  readonly name: string;
  readonly cluster: Cluster;
  /** Every object, in the order of its target's path. */
  readonly manifests: readonly Manifest[];
  /** What stands in `clusters/<env>/<engine>` itself. */
  wiring(engine: Engine): readonly Manifest[];
  /** What a path renders to. */
  at(path: string): readonly Manifest[];
}

/** The clusters of this repository, read as `validate` reads them. */
export async function readEnvironments(): Promise<Environment[]> {
  const { clusters, rendered } = await readRepository();
  return clusters.map((cluster) => {
    const own = rendered.filter(({ target }) => target.clusters.includes(cluster.name));
    const at = (path: string) => own.find(({ target }) => target.path === path)?.manifests ?? [];
    return {
      name: cluster.name,
      cluster,
      manifests: own.flatMap(({ manifests }) => manifests),
      wiring: (engine) => at(`clusters/${cluster.name}/${engine}`),
      at,
    };
  });
}

/** A rule sees everything, so one that only looks is a way to read a repository. */
async function readRepository(): Promise<Repository> {
  let seen: Repository | undefined;
  await validate({
    root,
    ignore: ['test', 'schemas'],
    selectRule: ({ id }) => id === 'test/look',
    rules: [
      {
        id: 'test/look',
        scope: 'repository',
        severity: 'note',
        summary: '',
        why: '',
        fix: '',
        docs: '',
        *check(repository) {
          seen = repository;
          yield* [];
        },
      },
    ],
  });
  if (!seen) throw new Error('nothing was read');
  return seen;
}

/** The objects of a kind. */
export function ofKind(manifests: readonly Manifest[], kind: string): Manifest[] {
  return manifests.filter((manifest) => manifest.kind === kind);
}

/** An annotation's value. */
export function annotation({ data }: Manifest, name: string): string | undefined {
  return textAt(data, ['metadata', 'annotations', name]);
}

/** The Argo CD sync wave of an object; 0 where it has none. */
export function waveOf(manifest: Manifest): number {
  return Number(annotation(manifest, 'argocd.argoproj.io/sync-wave') ?? 0);
}

/** Names that a Flux object waits for. */
export function dependenciesOf({ data }: Manifest): string[] {
  const list = valueAt(data, ['spec', 'dependsOn']);
  return Array.isArray(list) ? list.map((one) => textAt(one, ['name']) ?? '') : [];
}

/** A text that has to be there. */
export function text(data: unknown, ...path: (string | number)[]): string {
  const value = textAt(data, path);
  if (value === undefined) throw new Error(`nothing at ${path.join('.')}`);
  return value;
}
