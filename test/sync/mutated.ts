import { isRecord, recordAt, valueAt } from '../../scripts/kubernetes/fields.ts';
import { manifestsOf } from '../../scripts/kubernetes/manifests.ts';
import type { Manifest, Repository } from '../../scripts/model.ts';

type Data = Manifest['data'];
export type Change = (data: Data) => Data | undefined;

/** One thing taken out of one object. */
export interface Mutation {
  readonly name: string;
  /** The name that a finding must tell. */
  readonly subject: string;
  readonly manifest: Manifest;
  readonly change: Change;
}

const waveAnnotation = 'argocd.argoproj.io/sync-wave';

/** The repository with an object changed or, where the change gives nothing, taken out. */
export function mutated(repository: Repository, { manifest, change }: Mutation): Repository {
  const rendered = repository.rendered.map((one) => {
    if (!one.manifests.includes(manifest)) return one;
    return {
      ...one,
      manifests: one.manifests.flatMap((other) =>
        other === manifest ? apply(other, change) : other,
      ),
    };
  });
  const sources = repository.sources.map((source) => {
    if (!source.documents.includes(manifest.data)) return source;
    const documents = source.documents.flatMap((one) =>
      one === manifest.data ? (change(manifest.data) ?? []) : [one],
    );
    return { ...source, documents };
  });
  return { ...repository, rendered, sources };
}

function apply(manifest: Manifest, change: Change): Manifest[] {
  const data = change(manifest.data);
  return data ? [{ ...manifest, data }] : [];
}

/** Every object of a cluster's wiring, rendered or as it stands below the cluster's folder. */
export function wiringOf(repository: Repository, cluster: string): Manifest[] {
  const rendered = repository.rendered
    .filter(({ target }) => target.clusters.includes(cluster))
    .flatMap(({ manifests }) => manifests);
  const seen = new Set(rendered.map(({ data }) => data));
  const written = repository.sources
    .filter(({ path }) => path.startsWith(`clusters/${cluster}/`))
    .flatMap(({ path, documents }) => manifestsOf(documents, { origin: { file: path } }))
    .filter(
      ({ data, kind, name }) =>
        !seen.has(data) && !rendered.some((one) => one.kind === kind && one.name === name),
    );
  return [...rendered, ...written];
}

/** Takes one entry out of `spec.dependsOn`. */
export function withoutDependency(index: number): Change {
  return (data) => {
    const spec = recordAt(data, ['spec']);
    const dependsOn = Array.isArray(spec.dependsOn) ? spec.dependsOn.toSpliced(index, 1) : [];
    return { ...data, spec: { ...spec, dependsOn } };
  };
}

/** Takes the sync wave out of an object. */
export const withoutWave: Change = (data) => {
  const metadata = recordAt(data, ['metadata']);
  const annotations = Object.entries(recordAt(metadata, ['annotations'])).filter(
    ([key]) => key !== waveAnnotation,
  );
  return { ...data, metadata: { ...metadata, annotations: Object.fromEntries(annotations) } };
};

/** The sync wave of an object, when it is another than an object has without saying so. */
export function writtenWave({ data }: Manifest): string | undefined {
  const annotations = valueAt(data, ['metadata', 'annotations']);
  const wave = isRecord(annotations) ? annotations[waveAnnotation] : undefined;
  return typeof wave === 'string' && wave !== '0' ? wave : undefined;
}
