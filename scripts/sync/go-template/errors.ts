import type { FieldPath } from '../../model.ts';

/** What the engine refuses too: its own words would be similar. */
export class TemplateFault extends Error {
  /** The field at fault, when it is known. */
  path?: FieldPath;
}

/** What cannot be followed offline: an unknown function, or more work than is worth it. */
export class CannotTell extends Error {
  /** The field at fault, when it is known. */
  path?: FieldPath;
}

/**
 * Runs something that is about a field.
 *
 * @throws TemplateFault and CannotTell of `run`, naming the field unless they name one below it
 */
export function located<T>(path: FieldPath, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof TemplateFault || error instanceof CannotTell) error.path ??= path;
    throw error;
  }
}
