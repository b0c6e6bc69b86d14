import { listAt, textAt } from '../kubernetes/fields.ts';
import { matches } from '../kubernetes/patch-target.ts';
import type { Manifest, SourceFile } from '../model.ts';
import { type PatchEntry, patchEntriesOf, type Role } from './graph.ts';
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
  const declares = (file: string) =>
    (sources.get(file)?.documents ?? []).some((document) => {
      const kind = textAt(document, ['kind']) ?? '';
      return kinds.has(kind) || kind.endsWith('List');
    });
  const patch = ({ target, file, inline }: PatchEntry) => {
    const kind = textAt(target, ['kind']);
    if (kind) return [...kinds].some((one) => matches(kind, one));
    return target !== undefined || inline !== undefined || declares(file ?? '');
  };
  const entries = plots.flatMap(({ graph }) => [...graph.nodes.values()].flatMap(patchEntriesOf));
  const patches = new Set(entries.filter(patch).map(({ file }) => file));
  const hasData = kinds.has('ConfigMap') || kinds.has('Secret');
  return {
    patch,
    file(file, role) {
      if (role === 'resource') return declares(file);
      if (role === 'patch') return patches.has(file);
      return role === 'kustomization' || hasData;
    },
  };
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
