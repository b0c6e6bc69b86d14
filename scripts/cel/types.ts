/** A static type: what the checker knows of an expression before it runs. */
export interface Type {
  readonly kind: Kind;
  /** Its name; two opaque types or type parameters differ by name. */
  readonly name: string;
  readonly parameters: readonly Type[];
  /** The fields of an object type. */
  readonly fields?: ReadonlyMap<string, Type>;
}

/** What sort of type it is; `opaque` are all types without literals. */
type Kind =
  | 'dyn'
  | 'error'
  | 'null'
  | 'primitive'
  | 'list'
  | 'map'
  | 'type'
  | 'parameter'
  | 'opaque'
  | 'struct';

function simple(kind: Kind, name: string): Type {
  return { kind, name, parameters: [] };
}

/** Anything: checked when the expression runs. */
export const dyn: Type = simple('dyn', 'dyn');
/** The type of an expression with a problem, accepted everywhere so that one slip is told once. */
export const errorType: Type = simple('error', '!error!');
/** The type of `null`. */
const nullType: Type = simple('null', 'null');
/** true or false. */
export const bool: Type = simple('primitive', 'bool');
/** A signed 64 bit integer. */
export const int: Type = simple('primitive', 'int');
/** A sequence of code points. */
const string: Type = simple('primitive', 'string');

const named = new Map<string, Type>([
  ['dyn', dyn],
  ['null', nullType],
  ['bool', bool],
  ['int', int],
  ['string', string],
  ['uint', simple('primitive', 'uint')],
  ['double', simple('primitive', 'double')],
  ['bytes', simple('primitive', 'bytes')],
  ['timestamp', simple('primitive', 'timestamp')],
  ['duration', simple('primitive', 'duration')],
]);

/** A list of elements of one type. */
export function listOf(element: Type): Type {
  return { kind: 'list', name: 'list', parameters: [element] };
}

/** A map. */
export function mapOf(key: Type, value: Type): Type {
  return { kind: 'map', name: 'map', parameters: [key, value] };
}

/** The type of a type. */
export function typeOf(type: Type): Type {
  return { kind: 'type', name: 'type', parameters: [type] };
}

/** An optional of a type. */
export function optionalType(type: Type): Type {
  return { kind: 'opaque', name: 'optional_type', parameters: [type] };
}

/** An object type with declared fields. */
export function structType(name: string, fields: ReadonlyMap<string, Type>): Type {
  return { kind: 'struct', name, parameters: [], fields };
}

/** A type parameter, `A` in `list(A)`. */
export function parameter(name: string): Type {
  return simple('parameter', name);
}

/** The type inside an optional, or nothing for any other type. */
export function unwrapOptional(type: Type): Type | undefined {
  return type.name === 'optional_type' ? type.parameters[0] : undefined;
}

/** Whether two types are the same. */
export function sameType(one: Type, other: Type): boolean {
  return (
    one.kind === other.kind &&
    one.name === other.name &&
    one.parameters.length === other.parameters.length &&
    one.parameters.every((type, index) => sameType(type, other.parameters[index] as Type))
  );
}

/** A type as messages show it: `list(int)`. */
export function formatType(type: Type): string {
  if (type.parameters.length === 0) return type.name;
  return `${type.name}(${type.parameters.map(formatType).join(', ')})`;
}

/** Reads a type as `formatType` writes it; one capital letter is a type parameter. */
export function parseType(text: string): Type {
  const open = text.indexOf('(');
  if (open === -1) {
    if (/^[A-Z]$/.test(text)) return parameter(text);
    return named.get(text) ?? simple('opaque', text);
  }
  const name = text.slice(0, open);
  const parameters = splitTypes(text.slice(open + 1, -1)).map(parseType);
  if (name === 'optional') return optionalType(parameters[0] as Type);
  const kind = name === 'list' || name === 'map' || name === 'type' ? name : 'opaque';
  return { kind, name, parameters };
}

/** Splits a list of types at its own commas, not at those within parentheses. */
export function splitTypes(text: string): string[] {
  const types: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const character = text[index];
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if ((character === ',' && depth === 0) || character === undefined) {
      const type = text.slice(start, index).trim();
      if (type) types.push(type);
      start = index + 1;
    }
  }
  return types;
}
