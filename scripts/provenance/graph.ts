import { posix } from 'node:path';
import { ksopsEntriesOf, ksopsReferencesOf } from '../kubernetes/ksops.ts';
import { isRemote, kustomizationNames, referencesOf } from '../kubernetes/kustomization.ts';
import { type PatchEntry, patchEntriesOf } from '../kubernetes/patch-entries.ts';
import type { FieldPath, SourceFile } from '../model.ts';

/** How a build uses a file. A file that is used in two ways that differ is `raw`. */
export type Role = 'kustomization' | 'resource' | 'patch' | 'env' | 'data' | 'raw';

/** A kustomization of a target, with what it includes. */
export interface GraphNode {
  /** The kustomization file. */
  readonly file: string;
  readonly value: unknown;
  readonly patches: readonly PatchEntry[];
  /** Its place in the order in which kustomize applies them, the innermost first. */
  readonly order: number;
  /** Files whose objects it acts on; a component acts on what its includers have, too. */
  readonly scope: ReadonlySet<string>;
}

/** The kustomizations of one target and what each file is to them. */
export interface Graph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly roles: ReadonlyMap<string, Role>;
  /** Data files by the generator entry that reads them, as `file` and its key. */
  readonly dataUses: ReadonlyMap<string, readonly DataUse[]>;
}

/** A generator entry that reads a file. */
interface DataUse {
  readonly kustomization: string;
  /** Path of the reference in the kustomization. */
  readonly path: FieldPath;
}

interface Walk {
  readonly files: ReadonlySet<string>;
  readonly sources: ReadonlyMap<string, SourceFile>;
  readonly nodes: Map<string, GraphNode & { readonly scope: Set<string> }>;
  readonly roles: Map<string, Role>;
  readonly dataUses: Map<string, DataUse[]>;
  readonly visiting: Set<string>;
}

/**
 * Follows a target's kustomizations once more, to say what each file is for.
 *
 * @param files every file that the target's build reads
 */
export function graphOf(
  target: string,
  files: readonly string[],
  sources: ReadonlyMap<string, SourceFile>,
): Graph {
  const walk: Walk = {
    files: new Set(files),
    sources,
    nodes: new Map(),
    roles: new Map(),
    dataUses: new Map(),
    visiting: new Set(),
  };
  visit(target, walk, false);
  return { nodes: walk.nodes, roles: walk.roles, dataUses: walk.dataUses };
}

function kustomizationIn(folder: string, { files }: Walk): string | undefined {
  return kustomizationNames.map((name) => posix.join(folder, name)).find((path) => files.has(path));
}

/** @returns the files of objects at and below the folder */
function visit(folder: string, walk: Walk, isRaw: boolean): ReadonlySet<string> {
  const file = kustomizationIn(folder, walk);
  if (!file || walk.visiting.has(file)) return new Set();
  setRole(file, isRaw ? 'raw' : 'kustomization', walk);
  const known = walk.nodes.get(file);
  if (known && !isRaw) return known.scope;
  walk.visiting.add(file);
  const value = walk.sources.get(file)?.documents[0];
  const scope = new Set<string>([file]);
  const components: Set<string>[] = [];
  for (const { path, value: named, use } of referencesOf(value)) {
    const field = String(path[0]);
    const at = posix.normalize(posix.join(folder, named)).replace(/\/$/, '');
    if (isRemote(named)) continue;
    const raw = isRaw || ['generators', 'transformers', 'validators'].includes(field);
    if (walk.files.has(at)) {
      setRole(at, raw ? 'raw' : roleOf(field, path, use), walk);
      if (use === 'resource' && !raw) scope.add(at);
      if (use === 'data') {
        walk.dataUses.set(at, [...(walk.dataUses.get(at) ?? []), { kustomization: file, path }]);
      }
      continue;
    }
    const below = visit(at, walk, raw);
    for (const one of below) scope.add(one);
    const component = use === 'component' && walk.nodes.get(kustomizationIn(at, walk) ?? '');
    if (component) components.push(component.scope);
  }
  for (const at of ksopsResources(value, folder, walk)) {
    setRole(at, isRaw ? 'raw' : 'resource', walk);
    scope.add(at);
  }
  // A component patches whatever its includer has gathered by then.
  for (const component of components) for (const one of scope) component.add(one);
  walk.visiting.delete(file);
  if (!isRaw) {
    const patches = patchEntriesOf(file, value);
    walk.nodes.set(file, { file, value, patches, order: walk.nodes.size, scope });
  }
  return scope;
}

/** The files of objects that KSOPS would decrypt. */
function ksopsResources(value: unknown, folder: string, { files, sources }: Walk): string[] {
  const entries = ksopsEntriesOf(value, folder, (file) => sources.get(file)?.documents);
  return entries
    .flatMap(({ generators }) => generators.flatMap(ksopsReferencesOf))
    .filter(({ use }) => use === 'resource')
    .map((one) => posix.normalize(posix.join(folder, one.value)))
    .filter((file) => files.has(file));
}

function roleOf(field: string, path: FieldPath, use: string): Role {
  if (use === 'resource') return 'resource';
  if (use === 'data')
    return path.includes('files') ? 'data' : path[0] === 'openapi' ? 'raw' : 'env';
  return field.startsWith('patches') ? 'patch' : 'raw';
}

function setRole(file: string, role: Role, { roles }: Walk): void {
  const known = roles.get(file);
  roles.set(file, known === undefined || known === role ? role : 'raw');
}
