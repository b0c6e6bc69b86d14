import { isList, isMap, type Value } from './values.ts';

/** The cost of looking at one character or element, against 1 for a call. */
const perItem = 0.1;
/** The cost of one character of a pattern. */
const perPatternItem = 0.25;

const firstArgument = new Set(
  `lowerAscii upperAscii replace split substring trim charAt indexOf lastIndexOf reverse bytes
  quantity isQuantity ip isIP cidr isCIDR url isURL semver isSemver sort distinct sum min max
  isSorted flatten join @in strings.quote validate`.split(/\s+/),
);
const twoArguments = new Set(['_==_', '_!=_', '_<_', '_<=_', '_>_', '_>=_']);

/** What a call costs, close to the API server's own model: 1, or the size of what it looks at. */
export function callCost(name: string, args: readonly Value[], result: Value): number {
  const [first = null, second = null] = args;
  if (firstArgument.has(name)) return 1 + perItem * size(name === '@in' ? second : first);
  if (twoArguments.has(name)) return Math.max(1, perItem * Math.min(size(first), size(second)));
  switch (name) {
    case 'startsWith':
    case 'endsWith':
      return Math.max(1, perItem * size(second));
    case '_+_':
      return typeof result === 'string' ? Math.max(1, perItem * size(result)) : 1;
    case 'contains':
      return Math.max(1, perItem * size(first) * perItem * size(second));
    case 'matches':
    case 'find':
    case 'findAll':
      return Math.max(1, perItem * (1 + size(first)) * perPatternItem * size(second));
    case 'sets.contains':
    case 'sets.intersects':
      return Math.max(1, size(first) * size(second));
    case 'sets.equivalent':
      return Math.max(1, 2 * size(first) * size(second));
    default:
      return 1;
  }
}

function size(value: Value): number {
  if (typeof value === 'string' || value instanceof Uint8Array || isList(value)) {
    return value.length;
  }
  return isMap(value) ? value.size : 1;
}
