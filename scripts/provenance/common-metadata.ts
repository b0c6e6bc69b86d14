import { textAt, valueAt } from '../kubernetes/fields.ts';
import type { FieldPath, SourceFile, TargetFiles } from '../model.ts';
import { openFile, type SourceDocument } from './source-document.ts';
import type { Trace } from './trace.ts';
import { type Writer, writerAt } from './writer.ts';

/** The object that gives labels and annotations after the build, with its `spec` as the top. */
export function openMetadata(
  { metadata }: TargetFiles,
  sources: ReadonlyMap<string, SourceFile>,
): SourceDocument | undefined {
  const { file, document: index, at } = metadata?.object ?? {};
  const text = file === undefined ? undefined : sources.get(file)?.text;
  if (file === undefined || text === undefined) return undefined;
  const document = openFile(file, text, () => 'kustomization')?.documents[index ?? 0];
  if (!document) return undefined;
  const top = [...(at ?? []), 'spec'];
  const placeOf: SourceDocument['placeOf'] = (path) => document.placeOf([...top, ...path]);
  return { ...document, value: valueAt(document.value, top), isElsewhere: true, placeOf };
}

/** What the engine itself writes into a label or annotation, last of all. */
export function metadataWriter({ manifest, plot }: Trace, path: FieldPath): Writer | undefined {
  const [top, holder, key] = path;
  if (!plot.metadata || path.length !== 3 || top !== 'metadata') return undefined;
  const at = ['commonMetadata', String(holder), String(key)];
  const value = valueAt(plot.metadata.value, at);
  // Variables may have made another value of it.
  const isIt = value !== undefined && String(value) === textAt(manifest.data, path);
  return isIt ? writerAt(plot.metadata, at, Number.MAX_SAFE_INTEGER, value) : undefined;
}
