import { isRecord, listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { changedImage, imagePattern } from '../kubernetes/image-entries.ts';
import { selects } from '../kubernetes/patch-target.ts';
import type { FieldPath } from '../model.ts';
import type { GraphNode } from './graph.ts';
import { mapPath } from './map-path.ts';
import { nodesAround } from './nodes-around.ts';
import type { Trace } from './trace.ts';
import { type Writer, writerAt } from './writer.ts';

/** The fields of a kustomization, other than patches and generators, that write a field. */
export function kustomizationWriters(node: GraphNode, path: FieldPath, trace: Trace): Writer[] {
  const document = trace.planted.documents.get(node.file)?.[0];
  if (!document) return [];
  return [
    ...namePaths(node, path, trace),
    ...labelPaths(node, path),
    ...imagePaths(node, path, trace),
    ...replicaPaths(node, path, trace),
    ...replacementPaths(node, path, trace),
  ].map((at) => writerAt(document, at, node.order));
}

function has({ value }: GraphNode, at: FieldPath): FieldPath[] {
  return valueAt(value, at) === undefined ? [] : [at];
}

function namePaths(node: GraphNode, path: FieldPath, { manifest }: Trace): FieldPath[] {
  const isSubject = path[0] === 'subjects' && path.length === 3 && path[2] === 'namespace';
  if (isSubject) return isOwnNamespace(node, valueAt(manifest.data, path)) ? [['namespace']] : [];
  if (path[0] !== 'metadata' || path.length !== 2) return [];
  const isNamespace = manifest.kind === 'Namespace' && path[1] === 'name';
  if (path[1] === 'namespace' || isNamespace) {
    return isOwnNamespace(node, valueAt(manifest.data, path)) ? [['namespace']] : [];
  }
  if (path[1] !== 'name') return [];
  return ['namePrefix', 'nameSuffix'].flatMap((key) => {
    const part = textAt(node.value, [key]);
    return part && manifest.name.includes(part) ? [[key]] : [];
  });
}

function isOwnNamespace({ value }: GraphNode, namespace: unknown): boolean {
  const own = textAt(value, ['namespace']);
  return own !== undefined && own === namespace;
}

function labelPaths(node: GraphNode, path: FieldPath): FieldPath[] {
  const key = String(path.at(-1));
  const holder = path.at(-2);
  const isMetadata = path.at(-3) === 'metadata';
  if (holder === 'annotations') return isMetadata ? has(node, ['commonAnnotations', key]) : [];
  const isTop = path.length === 3 && path[0] === 'metadata' && holder === 'labels';
  const isTemplate = isMetadata && holder === 'labels' && !isTop;
  const isSelector = holder === 'matchLabels' || holder === 'selector';
  if (!isTop && !isTemplate && !isSelector) return [];
  const pairs = listAt(node.value, ['labels']).flatMap((entry, index) => {
    const selects = valueAt(entry, ['includeSelectors']) === true;
    const takesTemplate = selects || valueAt(entry, ['includeTemplates']) === true;
    const isTaken = isTop || (isTemplate && takesTemplate) || (isSelector && selects);
    return isTaken ? has(node, ['labels', index, 'pairs', key]) : [];
  });
  return [...pairs, ...has(node, ['commonLabels', key])];
}

function imagePaths(node: GraphNode, path: FieldPath, trace: Trace): FieldPath[] {
  if (path.at(-1) !== 'image') return [];
  const images = imagesBefore(node, path, trace);
  return listAt(node.value, ['images']).flatMap((entry, index) => {
    if (!images.some((image) => isMatched(entry, image))) return [];
    return ['newName', 'newTag', 'digest'].flatMap((key) => has(node, ['images', index, key]));
  });
}

function isMatched(entry: unknown, image: string): boolean {
  return imagePattern(textAt(entry, ['name']) ?? '')?.(image) ?? false;
}

/** What an image may be when a kustomization sees it, and what it is in the end. */
function imagesBefore(node: GraphNode, path: FieldPath, trace: Trace): string[] {
  const { origin, manifest } = trace;
  const at = origin && mapPath(origin.document, origin.at, path, 0, trace);
  const written = at && valueAt(origin.document.value, at);
  const images = [written, valueAt(manifest.data, path)].filter((one) => typeof one === 'string');
  for (const one of nodesAround(trace)) {
    if (one.order >= node.order) break;
    for (const entry of listAt(one.value, ['images'])) {
      const image = images.find((known) => isMatched(entry, known));
      const changed = image === undefined ? undefined : changedImage(entry, image);
      if (changed !== undefined) images.push(changed);
    }
  }
  return images;
}

function replicaPaths(node: GraphNode, path: FieldPath, trace: Trace): FieldPath[] {
  if (path.join('/') !== 'spec/replicas') return [];
  const names = namesOf(trace);
  return listAt(node.value, ['replicas']).flatMap((entry, index) =>
    names.includes(textAt(entry, ['name']) ?? '') ? has(node, ['replicas', index, 'count']) : [],
  );
}

function namesOf({ manifest, renames }: Trace): string[] {
  return [manifest.name, ...(renames.get(manifest.name) ?? [])];
}

/** A `fieldPaths` entry such as `spec.template.spec.containers.[name=api].image`. */
function replacementPaths(node: GraphNode, path: FieldPath, trace: Trace): FieldPath[] {
  return listAt(node.value, ['replacements']).flatMap((entry, index) =>
    listAt(entry, ['targets']).flatMap((target, at) => {
      const select = valueAt(target, ['select']);
      if (!isRecord(select) || !selects(select, trace.manifest, namesOf(trace))) return [];
      return listAt(target, ['fieldPaths']).flatMap((field, place) =>
        leads(String(field), path, trace)
          ? [['replacements', index, 'targets', at, 'fieldPaths', place]]
          : [],
      );
    }),
  );
}

function leads(field: string, path: FieldPath, { manifest }: Trace): boolean {
  const steps = field.match(/\[[^\]]*\]|(?:\\.|[^.[\]])+/g) ?? [];
  return (
    steps.length === path.length &&
    steps.every((step, index) => {
      const own = path[index];
      const item = /^\[([^=]+)=(.*)\]$/.exec(step);
      if (!item) return step === '*' || step.replaceAll('\\', '') === String(own);
      const [, key = '', value] = item;
      return String(valueAt(manifest.data, [...path.slice(0, index + 1), key])) === value;
    })
  );
}
