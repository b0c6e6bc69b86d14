import { matchingPrefixes } from './match-glob.ts';
import { type Expression, type Node, TemplateError } from './parse-template.ts';

/** Gives what to write for a variable that has no value. */
export type Missing = (expression: Expression) => string;

/**
 * Replaces variables by their values, as Flux does since 2.9: one without a value is
 * missing, unless the expression says what to write then.
 *
 * @throws TemplateError when the result is absurdly long
 */
export function evaluateTemplate(
  nodes: readonly Node[],
  lookUp: (variable: string) => string | undefined,
  missing: Missing,
): string {
  const evaluate = (node: Node): string => {
    if (typeof node === 'string') return node;
    const value = lookUp(node.variable);
    // Flux evaluates operands first and in any case: one that is missing in there counts.
    const operands = node.operands.map(evaluate);
    if (value === undefined && !isDefault(node.operator)) return missing(node);
    if (lengthOf(node.operator, value ?? '', operands) > longest) throw tooLong(node.start);
    return apply(node.operator, value ?? '', operands);
  };
  let length = 0;
  const parts = nodes.map((node) => {
    const text = evaluate(node);
    length += text.length;
    if (length > longest) throw tooLong(typeof node === 'string' ? 0 : node.start);
    return text;
  });
  return parts.join('');
}

/** In characters. The API server takes no object of a tenth of that. */
const longest = 16 * 1024 * 1024;

function tooLong(start: number): TemplateError {
  return new TemplateError('the object gets longer than 16 MiB', start);
}

/** Whether an operator says what to write for a variable without a value. */
export function isDefault(operator: string): boolean {
  return operator === '=' || /^:[=\-?+]$/.test(operator);
}

/** How long a result may get, before it is made. */
function lengthOf(operator: string, value: string, operands: readonly string[]): number {
  const [first = '', second = ''] = operands;
  const uses = operator === '//' ? (value.length + 1) / Math.max(first.length, 1) : 1;
  return value.length + uses * (operator === '//' ? second.length : operands.join('').length);
}

function apply(operator: string, value: string, operands: readonly string[]): string {
  const [first = '', second = ''] = operands;
  switch (operator) {
    case 'length':
      return String(Buffer.byteLength(value));
    case ',,':
      return value.toLowerCase();
    case '^^':
      return value.toUpperCase();
    case ',':
      return changeFirst(value, (character) => character.toLowerCase());
    case '^':
      return changeFirst(value, (character) => character.toUpperCase());
    case ':':
      return substring(value, operands);
    case '/':
      return value.replace(first, () => second);
    case '//':
      return value.replaceAll(first, () => second);
    case '/#':
      return operands.length === 2 && value.startsWith(first)
        ? second + value.slice(first.length)
        : value;
    case '/%':
      return operands.length === 2 && value.endsWith(first)
        ? value.slice(0, value.length - first.length) + second
        : value;
    case '#':
    case '##':
      return withoutPrefix([...value], [...first], operator === '##').join('');
    case '%':
    case '%%': {
      const rest = withoutPrefix([...value].reverse(), [...first].reverse(), operator === '%%');
      return [...rest].reverse().join('');
    }
    default:
      // An empty value counts as none, for every kind of default.
      return value === '' ? operands.join('') : value;
  }
}

function changeFirst(value: string, change: (character: string) => string): string {
  const [first = '', ...rest] = value;
  return change(first) + rest.join('');
}

function withoutPrefix(
  value: readonly string[],
  pattern: readonly string[],
  isLongest: boolean,
): readonly string[] {
  const lengths = matchingPrefixes(pattern, value);
  const length = isLongest ? lengths?.at(-1) : lengths?.[0];
  return length === undefined ? value : value.slice(length);
}

/** In bytes. A place or length that is no number leaves the value as it is. */
function substring(value: string, [offset = '', length]: readonly string[]): string {
  const bytes = Buffer.from(value);
  const wanted = toInteger(offset);
  if (wanted === undefined) return value;
  const start = wanted < 0 ? Math.max(bytes.length + wanted, 0) : wanted;
  if (length === undefined) return bytes.subarray(start).toString();
  const count = toInteger(length);
  if (count === undefined) return value;
  const end = count < 0 ? bytes.length + count : start + count;
  return end < start ? '' : bytes.subarray(start, end).toString();
}

function toInteger(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}
