import { listAt, textAt } from '../kubernetes/fields.ts';
import type { PatchEntry } from '../kubernetes/patch-entries.ts';
import { matches } from '../kubernetes/patch-target.ts';
import type { Manifest, SourceFile } from '../model.ts';
import type { Role } from './graph.ts';
import type { Plot } from './plant.ts';

/** Which of a build's files need marks; parsing them is most of a canary build's own work. */
export interface Wanted {
  file(file: string, role: Role): boolean;
  patch(entry: PatchEntry): boolean;
}

/** Only what can concern objects of the kinds that are asked about needs marks. */
export function wantedFor(
  manifests: readonly Manifest[],
  plots: readonly Plot[],
  sources: ReadonlyMap<string, SourceFile>,
): Wanted {
  const kinds = kindsFor(manifests, plots);
  if (!kinds) return { file: () => true, patch: () => true };
  const names = namesFor(manifests, plots);
  const declares = (file: string, by?: ReadonlyMap<string, ReadonlySet<string>>) =>
    (sources.get(file)?.documents ?? []).some((document) => {
      const kind = textAt(document, ['kind']) ?? '';
      if (kind.endsWith('List')) return true;
      const name = textAt(document, ['metadata', 'name']) ?? '';
      return kinds.has(kind) && (by?.get(kind)?.has(name) ?? true);
    });
  const patch = ({ target, file, inline }: PatchEntry) => {
    const kind = textAt(target, ['kind']);
    if (kind) return [...kinds].some((one) => matches(kind, one));
    return target !== undefined || inline !== undefined || declares(file ?? '');
  };
  const entries = plots.flatMap(({ graph }) =>
    [...graph.nodes.values()].flatMap(({ patches }) => patches),
  );
  const patches = new Set(entries.filter(patch).map(({ file }) => file));
  const hasData = kinds.has('ConfigMap') || kinds.has('Secret');
  return {
    patch,
    file(file, role) {
      if (role === 'resource') return declares(file, names);
      if (role === 'patch') return patches.has(file);
      return role === 'kustomization' || hasData;
    },
  };
}

/**
 * The names of the objects by kind; of a kind that is not there any may be meant, and of
 * all kinds where something may have given an object another name than it is written with.
 */
function namesFor(
  manifests: readonly Manifest[],
  plots: readonly Plot[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  if (plots.some(renamesObjects)) return names;
  for (const { kind, name } of manifests) {
    // `namespace` names the namespace's own object, too.
    if (kind !== 'Namespace') names.set(kind, (names.get(kind) ?? new Set()).add(name));
  }
  return names;
}

/** Whether a build may give objects other names than are written, besides generated ones. */
export function renamesObjects({ graph }: Plot): boolean {
  return [...graph.nodes.values()].some(
    ({ value }) =>
      ['namePrefix', 'nameSuffix'].some((key) => textAt(value, [key])) ||
      listAt(value, ['replacements']).length > 0 ||
      JSON.stringify(listAt(value, ['patches'])).includes('allowNameChange'),
  );
}

/** The kinds, and those that replacements copy from; undefined when it may be any. */
function kindsFor(
  manifests: readonly Manifest[],
  plots: readonly Plot[],
): ReadonlySet<string> | undefined {
  const kinds = new Set(manifests.map(({ kind }) => kind));
  const values = plots.flatMap(({ graph }) => [...graph.nodes.values()].map(({ value }) => value));
  if (values.some((value) => listAt(value, ['vars']).length > 0)) return undefined;
  for (const one of values.flatMap((value) => listAt(value, ['replacements']))) {
    // One that stands in a file of its own may copy from anywhere.
    if (textAt(one, ['path']) !== undefined) return undefined;
    const source = textAt(one, ['source', 'kind']);
    const selected = listAt(one, ['targets']).map((target) => textAt(target, ['select', 'kind']));
    if (!selected.some((kind) => kind === undefined || kinds.has(kind))) continue;
    if (source === undefined) return undefined;
    kinds.add(source);
  }
  return kinds;
}
