import { isRecord, listAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import { readYaml } from '../../kubernetes/yaml.ts';
import type { RepositoryRule, SourceFile } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';
import { type ChangesOf, usesIn } from './engine-uses.ts';

/** @param changesOf what engines put into kustomizations, which is judged, too */
export function usedImages(changesOf?: ChangesOf): RepositoryRule {
  return {
    id: 'kustomization/used-images',
    scope: 'repository',
    severity: 'warning',
    summary: 'Every entry of `images` names an image that is there.',
    why: 'Kustomize ignores an entry that matches nothing, and the image keeps the tag it had, or none.',
    fix: 'Correct the name, which is the one in the base without its tag, or remove the entry.',
    docs: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/',

    *check(repository) {
      const namesOf = imageNames();
      for (const { value, isComponent, files, locate } of usesIn(repository, changesOf)) {
        const entries = listAt(value, ['images']);
        if (entries.length === 0) continue;
        const names = new Set(files.flatMap((file) => [...namesOf(file)]));
        for (const [index, entry] of entries.entries()) {
          const name = textAt(entry, ['name']);
          // A name is a pattern for kustomize; more than a plain one is left to it.
          if (!name || names.has(name) || !/^[\w./:-]+$/.test(name)) continue;
          const others = new Set(entries.map((other) => `image:${textAt(other, ['name'])}`));
          const near = nearest(
            name,
            // What another entry names is not what this one means.
            [...names].filter((one) => isImage(one) && !others.has(one)).map((one) => one.slice(6)),
          );
          if (isComponent && !near) continue;
          yield {
            location: locate(['images', index, 'name']),
            message: `no image is named "${name}"`,
            ...(near && { fix: `Did you mean "${near}"?`, severity: 'error' as const }),
          };
        }
      }
    },
  };
}

/** Told once a file: targets share most of theirs. */
function imageNames(): (file: SourceFile) => ReadonlySet<string> {
  const known = new Map<SourceFile, Set<string>>();
  return (file) => {
    const names = known.get(file) ?? new Set<string>();
    if (!known.has(file)) for (const one of file.documents) collect(one, undefined, names);
    known.set(file, names);
    return names;
  };
}

/** Every text that could be an image, wherever it stands: kustomize may be told to look there. */
function collect(value: unknown, key: string | undefined, names: Set<string>): void {
  if (Array.isArray(value)) {
    const isEntries = key === 'images' && value.every((one) => isRecord(one) && 'name' in one);
    for (const one of value) collect(isEntries ? valueAt(one, ['newName']) : one, key, names);
  } else if (isRecord(value)) {
    for (const [own, item] of Object.entries(value)) collect(item, own, names);
  } else if (typeof value === 'string') {
    if (value.includes('\n') || /^[[{]/.test(value)) {
      if (key === 'patch' || key === 'patchesStrategicMerge') {
        for (const one of readYaml(value, '').documents) collect(one, undefined, names);
      }
    } else {
      names.add(nameOf(value));
      if (key === 'image') names.add(`image:${nameOf(value)}`);
    }
  }
}

function nameOf(image: string): string {
  const [name = ''] = image.split('@');
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}

/** Names that stand in a field `image` are kept apart, for near misses. */
function isImage(name: string): boolean {
  return name.startsWith('image:');
}
