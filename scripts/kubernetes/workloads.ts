import type { FieldPath, Manifest } from '../model.ts';
import { isRecord, listAt, recordAt, valueAt } from './fields.ts';

/** A container of a workload, and where it stands in the manifest. */
export interface Container {
  readonly name: unknown;
  readonly image: unknown;
  readonly data: Readonly<Record<string, unknown>>;
  readonly path: FieldPath;
}

/** Where each kind of a workload keeps its pod template; a Pod is its own. */
const templatePaths: Readonly<Record<string, FieldPath>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

const workloadGroups: ReadonlySet<string> = new Set(['v1', 'apps/v1', 'batch/v1', 'batch/v1beta1']);

/** Where a workload keeps its pod template; undefined for other kinds. */
function templatePathOf({ apiVersion, kind }: Manifest): FieldPath | undefined {
  const isWorkload = workloadGroups.has(apiVersion) && Object.hasOwn(templatePaths, kind);
  return isWorkload ? templatePaths[kind] : undefined;
}

/** All containers of a workload, init and ephemeral ones too; none for other kinds. */
export function* containersOf(manifest: Manifest): Generator<Container> {
  const templatePath = templatePathOf(manifest);
  if (!templatePath) return;
  for (const field of ['initContainers', 'containers', 'ephemeralContainers']) {
    const path = [...templatePath, 'spec', field];
    for (const [index, container] of listAt(manifest.data, path).entries()) {
      if (!isRecord(container)) continue;
      const { name, image } = container;
      yield { name, image, data: container, path: [...path, index] };
    }
  }
}

/** The labels that a workload's pods carry; undefined for kinds without pods. */
export function podLabelsOf(manifest: Manifest): Readonly<Record<string, unknown>> | undefined {
  const templatePath = templatePathOf(manifest);
  return templatePath && recordAt(manifest.data, [...templatePath, 'metadata', 'labels']);
}

/** Whether labels have everything that an equality selector asks for. */
export function matchesLabels(
  selector: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(selector).every(([key, value]) => valueAt(labels, [key]) === value);
}
