import { valueAt } from '../kubernetes/fields.ts';
import type { FieldPath, Location } from '../model.ts';
import type { SourceDocument } from './source-document.ts';
import type { Token } from './tokens.ts';

/** Something that writes a field of a rendered object. */
export interface Writer {
  readonly document: SourceDocument;
  /** Where in the document. */
  readonly path: FieldPath;
  readonly value: unknown;
  /** What it is: `resource`, `patch`, or the field of a kustomization, such as `images`. */
  readonly by: string;
  readonly location: Location;
  /** When kustomize applies it: kustomizations from the inside out, and steps in each. */
  readonly order: readonly [number, number, number];
}

/** Steps of one kustomization, in the order in which kustomize takes them. */
const steps: readonly string[] = [
  'resource',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
  'file',
  'patch',
  'namespace',
  'namePrefix',
  'nameSuffix',
  'labels',
  'commonLabels',
  'commonAnnotations',
  'replicas',
  'images',
  'replacements',
];

/**
 * A writer at a place of a document.
 *
 * @param order the kustomization's place among those of the target
 */
export function writerAt(
  document: SourceDocument,
  path: FieldPath,
  order: number,
  value: unknown = valueAt(document.value, path),
): Writer {
  const by = byOf(document, path);
  const index = path.find((step) => typeof step === 'number') ?? 0;
  return {
    document,
    path,
    value,
    by,
    location: document.placeOf(path).location,
    order: [order, steps.indexOf(by), Number(index)],
  };
}

/** A writer that a mark has told. */
export function writerOf({ document, path, value, offset, isAdded }: Token, order: number): Writer {
  // A literal is more than its value: `KEY=value`.
  const isPart = document.kind === 'data' || isAdded || path.at(-2) === 'literals';
  const whole = isPart ? value : valueAt(document.value, path);
  const writer = writerAt(document, path, order, whole ?? value);
  return offset === undefined || document.isElsewhere
    ? writer
    : { ...writer, location: document.locationAt(offset) };
}

function byOf({ kind }: SourceDocument, path: FieldPath): string {
  if (kind === 'kustomization') return String(path[0]);
  if (kind === 'resource') return 'resource';
  return kind === 'data' ? 'file' : 'patch';
}

/** Whether two writers are the same place. */
export function isSameWriter(a: Writer, b: Writer): boolean {
  return a.document === b.document && JSON.stringify(a.path) === JSON.stringify(b.path);
}

/** First writers first. */
export function byOrder(a: Writer, b: Writer): number {
  const [first = 0] = a.order.map((step, index) => step - (b.order[index] ?? 0)).filter(Boolean);
  return first;
}
