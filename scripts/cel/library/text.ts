import { fail } from '../errors.ts';
import { declareShared, type Library } from '../overloads.ts';
import { codePointLength } from '../text.ts';
import { isList, isMap, type Value } from '../values.ts';

/** `size` and the tests on strings that every version has. */
export const text: Library = {
  since: 0,
  functions: [
    declareShared(
      'size',
      ['string', 'bytes', 'list(A)', 'map(A, B)'].flatMap((type) => [
        `(${type}) -> int`,
        `${type}.() -> int`,
      ]),
      size,
    ),
    stringTest('contains', (text, part) => text.includes(part)),
    stringTest('startsWith', (text, part) => text.startsWith(part)),
    stringTest('endsWith', (text, part) => text.endsWith(part)),
  ],
};

function stringTest(name: string, decide: (text: string, part: string) => boolean) {
  return declareShared(name, ['string.(string) -> bool'], (value: Value, part: Value) => {
    if (typeof value !== 'string' || typeof part !== 'string') return fail('no such overload');
    return decide(value, part);
  });
}

function size(value: Value): Value {
  if (typeof value === 'string') return BigInt(codePointLength(value));
  if (value instanceof Uint8Array || isList(value)) return BigInt(value.length);
  return isMap(value) ? BigInt(value.size) : fail('no such overload: size');
}
