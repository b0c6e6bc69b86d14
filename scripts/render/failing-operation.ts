import { textAt } from '../kubernetes/fields.ts';
import type { BuildMessage } from './build-message.ts';
import { type FailureContext, folderOf, kustomizationIn, type Told } from './failure-place.ts';
import { documentsOf, patchesOf } from './written-patches.ts';

const impossible =
  /(\w+) operation does not apply: (?:doc )?is missing (?:from )?(?:path|key): "?([^\s":]+)|error in (\w+) for path: '([^']+)'/;

/** An operation of a JSON 6902 patch that cannot be done: kustomize names its path, but no file. */
export function failingOperation(read: BuildMessage, context: FailureContext): Told | undefined {
  const [, missing, missingPath, faulty, faultyPath] = impossible.exec(read.cause) ?? [];
  const tested = /testing value (\S+) failed/.exec(read.cause)?.[1];
  const unknown = /Unexpected kind: (\S+)$/.exec(read.cause)?.[1];
  const path = missingPath ?? faultyPath ?? tested;
  const op = missing ?? faulty ?? unknown ?? 'test';
  const source = kustomizationIn(folderOf(read, context), context.sources);
  if (!source || (path === undefined && unknown === undefined)) return undefined;
  for (const { value, at } of patchesOf(source, context.sources).flatMap(documentsOf)) {
    const operations = Array.isArray(value) ? value : [];
    const index = operations.findIndex(
      (one) =>
        textAt(one, ['op']) === op &&
        (path === undefined || [textAt(one, ['path']), textAt(one, ['from'])].includes(path)),
    );
    if (index < 0) continue;
    if (path === undefined) {
      return {
        message: `no operation is called "${op}"`,
        fix: 'Use add, remove, replace, move, copy or test.',
        location: at([index, 'op']),
      };
    }
    const isFrom = textAt(operations[index], ['path']) !== path;
    return {
      message: tested
        ? `the patch tests ${path}, and its value is another`
        : `the patch cannot ${op} ${path}: there is no such place in the object`,
      fix: tested
        ? 'Correct the value, or the target of the patch.'
        : 'Correct the path; what holds the field must be there before the patch.',
      location: at([index, isFrom ? 'from' : 'path']),
    };
  }
  return undefined;
}
