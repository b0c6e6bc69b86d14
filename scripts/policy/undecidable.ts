/** An expression asks for what only a cluster knows; no operator takes this error in. */
export class UndecidableError extends Error {
  override name = 'UndecidableError';
}
