/** An expression failed while it ran; the message is worded as the API server words it. */
export class EvaluationError extends Error {
  override name = 'EvaluationError';
}

/** The expression cost more than its limit; no operator absorbs this error. */
export class CostLimitError extends Error {
  override name = 'CostLimitError';
  constructor() {
    super('operation cancelled: actual cost limit exceeded');
  }
}

/** The expression can never be run, known before any input is (a constant conversion fails). */
export class ProgramError extends Error {
  override name = 'ProgramError';
}

/** Throws an `EvaluationError`; an expression, so that it can stand where a value is needed. */
export function fail(message: string): never {
  throw new EvaluationError(message);
}
