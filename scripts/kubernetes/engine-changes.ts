import type { FieldPath, Manifest, PostBuild } from '../model.ts';
import { isRecord, listAt, recordAt, textAt, valueAt } from './fields.ts';

/** A change that an engine makes in a kustomization before it builds that. */
export interface EngineEdit {
  /** The field of the kustomization. */
  readonly field: string;
  /** One entry of a list, or the whole value, in the kustomization's own terms. */
  readonly value: unknown;
  /** Where the engine's object says so. */
  readonly at: FieldPath;
  /** Where in `value` that stands, when not at its top. */
  readonly inner?: FieldPath;
  /** All of it is one text there. */
  readonly isWhole?: boolean;
}

/** How an engine changes what it applies. */
export interface EngineChanges {
  readonly edits: readonly EngineEdit[];
  /** Components that are not there are left out instead of failing the build. */
  readonly ignoresMissingComponents: boolean;
  /** Labels and annotations that every object gets after the build. */
  readonly metadata?: CommonMetadata;
  readonly postBuild?: Omit<PostBuild, 'object' | 'cluster'>;
}

/** Labels and annotations of every object. */
interface CommonMetadata {
  readonly labels: Readonly<Record<string, unknown>>;
  readonly annotations: Readonly<Record<string, unknown>>;
}

/** What a Flux Kustomization changes; undefined when nothing. */
export function fluxChanges({ data, namespace }: Manifest): EngineChanges | undefined {
  const edits = [
    ...set(data, ['spec', 'targetNamespace'], 'namespace'),
    ...set(data, ['spec', 'namePrefix'], 'namePrefix'),
    ...set(data, ['spec', 'nameSuffix'], 'nameSuffix'),
    ...each(data, ['spec', 'components'], 'components'),
    ...each(data, ['spec', 'patches'], 'patches'),
    ...each(data, ['spec', 'images'], 'images'),
  ];
  const metadata = {
    labels: recordAt(data, ['spec', 'commonMetadata', 'labels']),
    annotations: recordAt(data, ['spec', 'commonMetadata', 'annotations']),
  };
  const hasMetadata = Object.keys({ ...metadata.labels, ...metadata.annotations }).length > 0;
  const postBuild = postBuildOf(data, namespace ?? 'flux-system');
  if (edits.length === 0 && !hasMetadata && !postBuild) return undefined;
  return {
    edits,
    ignoresMissingComponents: valueAt(data, ['spec', 'ignoreMissingComponents']) === true,
    ...(hasMetadata && { metadata }),
    ...(postBuild && { postBuild }),
  };
}

/** Without a variable Flux does not even look for any. */
function postBuildOf(data: unknown, namespace: string): EngineChanges['postBuild'] {
  const set = recordAt(data, ['spec', 'postBuild', 'substitute']);
  const substitute = Object.fromEntries(
    Object.entries(set).map(([key, value]) => [key, String(value ?? '')]),
  );
  const from = listAt(data, ['spec', 'postBuild', 'substituteFrom']).flatMap((entry) => {
    const [kind, name] = [textAt(entry, ['kind']), textAt(entry, ['name'])];
    if (kind === undefined || name === undefined) return [];
    return { kind, name, optional: valueAt(entry, ['optional']) === true };
  });
  if (Object.keys(substitute).length + from.length === 0) return undefined;
  return { substitute, from, namespace };
}

/**
 * What a source of an Argo CD Application changes; undefined when nothing.
 *
 * @param at path of the source in the Application
 */
export function argoChanges(data: unknown, at: FieldPath): EngineChanges | undefined {
  const own = [...at, 'kustomize'];
  const flag = (name: string) => valueAt(data, [...own, name]) === true;
  const edits = [
    ...set(data, [...own, 'namePrefix'], 'namePrefix'),
    ...set(data, [...own, 'nameSuffix'], 'nameSuffix'),
    ...set(data, [...own, 'namespace'], 'namespace'),
    ...listAt(data, [...own, 'images']).flatMap((image, index): EngineEdit[] =>
      typeof image === 'string'
        ? [
            {
              field: 'images',
              value: readImage(image),
              at: [...own, 'images', index],
              isWhole: true,
            },
          ]
        : [],
    ),
    ...each(data, [...own, 'replicas'], 'replicas').map((edit) => ({
      ...edit,
      value: withNumber(edit.value),
    })),
    ...each(data, [...own, 'patches'], 'patches').map((edit) => ({
      ...edit,
      value: withoutUnset(edit.value),
    })),
    ...each(data, [...own, 'components'], 'components'),
    ...labels(data, own, flag('labelWithoutSelector'), flag('labelIncludeTemplates')),
    ...mapping(data, [...own, 'commonAnnotations'], 'commonAnnotations'),
  ];
  if (edits.length === 0) return undefined;
  return { edits, ignoresMissingComponents: flag('ignoreMissingComponents') };
}

function labels(
  data: unknown,
  own: FieldPath,
  withoutSelector: boolean,
  includeTemplates: boolean,
): EngineEdit[] {
  const at = [...own, 'commonLabels'];
  if (!withoutSelector) return mapping(data, at, 'commonLabels');
  return mapping(data, at, 'labels').map((edit) => ({
    ...edit,
    value: { pairs: edit.value, ...(includeTemplates && { includeTemplates }) },
    inner: ['pairs'],
  }));
}

function set(data: unknown, at: FieldPath, field: string): EngineEdit[] {
  const value = valueAt(data, at);
  return typeof value === 'string' && value !== '' ? [{ field, value, at }] : [];
}

function each(data: unknown, at: FieldPath, field: string): EngineEdit[] {
  return listAt(data, at).map((value, index) => ({ field, value, at: [...at, index] }));
}

function mapping(data: unknown, at: FieldPath, field: string): EngineEdit[] {
  const value = recordAt(data, at);
  return Object.keys(value).length > 0 ? [{ field, value, at }] : [];
}

/** Argo CD takes a count as text, too. */
function withNumber(value: unknown): unknown {
  const count = valueAt(value, ['count']);
  const isNumber = typeof count === 'string' && /^\d+$/.test(count);
  return isRecord(value) && isNumber ? { ...value, count: Number(count) } : value;
}

function withoutUnset(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== ''));
}

/** An image as `kustomize edit set image` takes it: `name=newName:newTag` or `name:newTag`. */
function readImage(text: string): Readonly<Record<string, string>> {
  const equals = text.indexOf('=');
  const { name, ...version } = splitImage(text.slice(equals + 1));
  if (equals < 0) return { name, ...version };
  return { name: text.slice(0, equals), newName: name, ...version };
}

function splitImage(image: string): { name: string; newTag?: string; digest?: string } {
  const [reference = '', digest] = image.split('@');
  const colon = reference.lastIndexOf(':');
  const hasTag = colon > reference.lastIndexOf('/');
  return {
    name: hasTag ? reference.slice(0, colon) : reference,
    ...(hasTag && digest === undefined && { newTag: reference.slice(colon + 1) }),
    ...(digest !== undefined && { digest }),
  };
}
