import { listAt, textAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import type { SourceDocument } from './source-document.ts';
import type { Trace } from './trace.ts';

/** An entry of `configMapGenerator` or `secretGenerator`. */
export interface GeneratorEntry {
  readonly document: SourceDocument;
  /** The entry in its kustomization. */
  readonly path: FieldPath;
}

type Marked = Pick<Trace, 'manifest' | 'occurrences' | 'plot' | 'planted'>;

/** The entries that made an object, the first of them first, as far as marks and names tell. */
export function generatorEntriesOf(trace: Marked): GeneratorEntry[] {
  const { manifest, plot, planted } = trace;
  const field = manifest.kind === 'Secret' ? 'secretGenerator' : 'configMapGenerator';
  const name = generatedName(trace) ?? manifest.name;
  const nodes = [...plot.graph.nodes.values()].sort((a, b) => a.order - b.order);
  return nodes.flatMap(({ file, value }) =>
    listAt(value, [field]).flatMap((entry, index): GeneratorEntry[] => {
      const document = planted.documents.get(file)?.[0];
      return document && textAt(entry, ['name']) === name
        ? [{ document, path: [field, index] }]
        : [];
    }),
  );
}

/** The name that a generator's entry gives, without a hash; undefined when no mark tells. */
export function generatedName({ occurrences, plot, planted }: Marked): string | undefined {
  for (const { token } of occurrences) {
    const { document, path } = token;
    const uses = document.kind === 'data' ? plot.graph.dataUses.get(document.file) : undefined;
    // One that several generators read does not tell which of them.
    const use = uses?.length === 1 ? uses[0] : undefined;
    if (document.kind === 'data' && !use) continue;
    const at = use ? use.path : path;
    const holder = use ? planted.documents.get(use.kustomization)?.[0] : document;
    if (!/Generator$/.test(String(at[0]))) continue;
    const name = textAt(holder?.value, [...at.slice(0, 2), 'name']);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Where an entry gives a key of `data`; the entry itself when that cannot be told. */
export function keyIn({ document, path }: GeneratorEntry, key: string): FieldPath | undefined {
  const entry = (field: string) => listAt(document.value, [...path, field]);
  const literal = entry('literals').findIndex((one) => String(one).startsWith(`${key}=`));
  if (literal >= 0) return [...path, 'literals', literal];
  const file = entry('files').findIndex((one) => {
    const [name = '', given] = String(one).split('=');
    return given === undefined ? name.slice(name.lastIndexOf('/') + 1) === key : name === key;
  });
  return file >= 0 ? [...path, 'files', file] : undefined;
}
