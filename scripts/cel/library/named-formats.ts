import { declare, type Library } from '../overloads.ts';
import { type Key, none, type Opaque, optionalOf, type Value } from '../values.ts';
import { validators } from './format-validators.ts';

const tag = 'kubernetes.NamedFormat';

/** A format that a string may have, as CEL sees it. */
interface NamedFormat extends Opaque {
  readonly tag: typeof tag;
  readonly key: string;
}

const formats = new Map<Key, NamedFormat>(
  Object.keys(validators).map((name) => [name, { tag, key: name }]),
);

/** Kubernetes' own formats of names and values. */
export const namedFormats: Library = {
  since: 31,
  types: [tag],
  functions: [
    declare('format.named', {
      [`(string) -> optional(${tag})`]: (name: string) => {
        const found = formats.get(name);
        return found ? optionalOf(found) : none;
      },
    }),
    ...[...formats].map(([name, format]) =>
      declare(`format.${String(name)}`, { [`() -> ${tag}`]: () => format }),
    ),
    declare('validate', {
      [`${tag}.(string) -> optional(list(string))`]: (
        { key }: NamedFormat,
        text: string,
      ): Value => {
        const problems = validators[key]?.(text) ?? [];
        return problems.length === 0 ? none : optionalOf(problems);
      },
    }),
  ],
};
