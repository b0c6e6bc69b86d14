import type { CheckError } from './problems.ts';

/**
 * What compiled checks call: the formats as the API server decodes them, and how errors
 * are collected. `npm run schemas` puts a copy of this file beside the compiled checks.
 */

/** Types of optional structs, a list that occurs everywhere. @public */
export const object: readonly string[] = ['object', 'null'];
/** Types of optional texts, likewise. @public */
export const string: readonly string[] = ['string', 'null'];

/** The errors with one more. Lists grow in place: a hostile object may have very many. @public */
export function fail(
  errors: CheckError[] | null,
  instancePath: string,
  keyword: string,
  params: CheckError['params'],
): CheckError[] {
  return join(errors, [{ instancePath, keyword, params }]);
}

/** Both lists of errors as one. @public */
export function join(errors: CheckError[] | null, more: CheckError[]): CheckError[] {
  if (errors === null) return more;
  for (const error of more) errors.push(error);
  return errors;
}

const quantitySyntax: RegExp =
  /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?(?:\d+(?:\.\d*)?|\.\d+))?$/;
const base64Syntax: RegExp = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const dateTimeSyntax: RegExp =
  /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** Whether a text matches; one that would take long to look through is not looked at. @public */
export function matches(pattern: RegExp, text: string): boolean {
  return text.length > 4096 || pattern.test(text);
}

/** A whole number of 32 bits. */
export function int32(value: number): boolean {
  return value >= -(2 ** 31) && value < 2 ** 31;
}

/** A whole number of 64 bits, as far as JavaScript can tell. */
export function int64(value: number): boolean {
  return value >= -(2 ** 63) && value <= 2 ** 63;
}

/** An amount such as `500m` or `1.5Gi`: ParseQuantity of k8s.io/apimachinery. @public */
export function quantity(value: string): boolean {
  return quantitySyntax.test(value.trim());
}

/** Base64 in the standard alphabet; Go's decoder skips line breaks. */
export function byte(value: string): boolean {
  return base64Syntax.test(value.replace(/[\r\n]/g, ''));
}

/** A time in RFC 3339, as metav1.Time reads it. */
export function dateTime(value: string): boolean {
  const date = dateTimeSyntax.exec(value)?.[1];
  if (!date) return false;
  const time = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date);
}

/** The length of a text as JSON Schema counts it: in characters, not in UTF-16 units. @public */
export function length(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
