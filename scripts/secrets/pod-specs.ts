import { isRecord, listAt, recordAt } from '../kubernetes/fields.ts';
import type { FieldPath, Manifest } from '../model.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** The pod spec in a manifest, and where it stands. */
export interface PodSpec {
  readonly data: Mapping;
  readonly path: FieldPath;
}

/** Where pod specs stand: the usual places, and those of kinds that are built like them. */
const places: readonly FieldPath[] = [
  ['spec'],
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ['spec', 'jobTargetRef', 'template', 'spec'],
];

/**
 * The pod spec of a workload: of a built-in one, or of a custom one that carries it in the
 * same place, such as a Rollout or a ScaledJob.
 */
export function podSpecOf({ kind, data }: Manifest): PodSpec | undefined {
  for (const path of places) {
    if (path.length === 1 && kind !== 'Pod') continue;
    if (listAt(data, [...path, 'containers']).length > 0) {
      return { data: recordAt(data, path), path };
    }
  }
  return undefined;
}

/** A container of any kind, and where it stands. */
export interface PodContainer {
  readonly name: string;
  readonly data: Mapping;
  readonly path: FieldPath;
}

/** Every container of a pod spec: init and ephemeral ones too. */
export function containersIn({ data, path }: PodSpec): PodContainer[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((field) =>
    listAt(data, [field]).flatMap((container, index) =>
      isRecord(container)
        ? [
            {
              name: String(container.name ?? index),
              data: container,
              path: [...path, field, index],
            },
          ]
        : [],
    ),
  );
}
