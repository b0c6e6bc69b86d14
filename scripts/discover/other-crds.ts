import { manifestsOf } from '../kubernetes/manifests.ts';
import type { Manifest } from '../model.ts';
import { isYaml } from './manifest-files.ts';
import type { Sources } from './sources.ts';

/**
 * The CRDs of the whole repository: when only one application is checked, the kinds it
 * uses may be defined by another.
 */
export function otherCrdsIn(files: readonly string[], sources: Sources): Manifest[] {
  return files.filter(isYaml).flatMap((file) => {
    const text = sources.peek(file);
    if (!text?.includes('CustomResourceDefinition')) return [];
    const manifests = manifestsOf(sources.read(file)?.documents ?? [], { origin: { file } });
    return manifests.filter(({ kind }) => kind === 'CustomResourceDefinition');
  });
}
