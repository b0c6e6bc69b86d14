import type { Target, TargetFiles } from '../model.ts';

/** A target that kustomize has to build. */
export interface BuildTarget {
  readonly target: Target;
  readonly input: TargetFiles;
}

/** More in one run would hold too much memory and show no progress. */
const largestBatch = 40;

/**
 * Groups targets so that each group can be built in one run and gives what single
 * builds give: no two targets of a group set the same namespace (kustomize would
 * connect names across them) or are likely to define the same object, and a target
 * whose kustomizations act on a whole build stays alone.
 *
 * @param atLeast how many groups to make when there are enough targets, one a processor
 */
export function planBatches(targets: readonly BuildTarget[], atLeast: number): BuildTarget[][] {
  const single = targets.filter(({ input }) => !input.batchable).map((target) => [target]);
  const groups: Group[] = [];
  const shareable = targets.filter(({ input }) => input.batchable);
  const size = Math.min(largestBatch, Math.ceil(shareable.length / atLeast));
  for (const target of shareable) {
    const group = groups.find((one) => one.targets.length < size && fits(target, one));
    if (group) add(target, group);
    else groups.push(newGroup(target));
  }
  return [...groups.map((group) => group.targets), ...single];
}

interface Group {
  readonly targets: BuildTarget[];
  /** Files of all its targets, and of those without a namespace of their own. */
  readonly files: Set<string>;
  readonly filesWithoutNamespace: Set<string>;
  readonly namespaces: Set<string>;
}

function newGroup(target: BuildTarget): Group {
  const group: Group = {
    targets: [],
    files: new Set(),
    filesWithoutNamespace: new Set(),
    namespaces: new Set(),
  };
  add(target, group);
  return group;
}

function add(target: BuildTarget, group: Group): void {
  const { files, namespace } = target.input;
  group.targets.push(target);
  for (const file of files) {
    group.files.add(file);
    if (namespace === undefined) group.filesWithoutNamespace.add(file);
  }
  if (namespace !== undefined) group.namespaces.add(namespace);
}

/**
 * Different namespaces keep the objects of two targets apart, even those of a component
 * that both use. A target without a namespace of its own may share no file with another.
 */
function fits({ input }: BuildTarget, group: Group): boolean {
  const { namespace, files } = input;
  if (namespace === undefined) return !files.some((file) => group.files.has(file));
  const isApart = !files.some((file) => group.filesWithoutNamespace.has(file));
  return isApart && !group.namespaces.has(namespace);
}
