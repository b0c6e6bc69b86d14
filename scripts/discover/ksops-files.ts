import { type KsopsEntry, ksopsReferencesOf } from '../kubernetes/ksops.ts';
import type { KustomizationReference } from '../kubernetes/kustomization.ts';
import { openLocator } from '../kubernetes/locate-field.ts';
import type { RenderFailure } from '../model.ts';
import type { ClosureContext, Fail } from './closure-context.ts';

/** A file that KSOPS reads, and how to tell that it is not there. */
export interface KsopsFile {
  readonly reference: KustomizationReference;
  readonly fail: Fail;
}

/**
 * The files that KSOPS would read for an entry of a kustomization. They are told where the
 * generator names them.
 *
 * @param failInKustomization tells what is wrong with a field of the kustomization
 */
export function ksopsFilesOf(
  { file, generators, index }: KsopsEntry,
  failInKustomization: Fail,
  failures: RenderFailure[],
  { sources }: ClosureContext,
): KsopsFile[] {
  const locator = file && openLocator(sources.read(file)?.text ?? '', file);
  return generators.flatMap((generator, document) =>
    ksopsReferencesOf(generator).map((reference) => ({
      reference,
      fail({ path, ...failure }) {
        if (!locator) failInKustomization({ ...failure, path: ['generators', index] });
        else failures.push({ ...failure, location: locator.locate(document, path).location });
      },
    })),
  );
}
