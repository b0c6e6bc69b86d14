import type { Document, Node, Pair, Scalar } from 'yaml';
import { isNullKey, resolveKey, resolveScalar } from './scalars.ts';
import { isAlias, isMap, isScalar, isSeq } from './yaml-library.ts';

/** Told instead of a value when the YAML is one that Kubernetes refuses. */
export interface NodeFault {
  readonly message: string;
  /** Offset in the text. */
  readonly offset: number;
}

/** How many values aliases may stand for in one document before it counts as a bomb. */
const maximumAliased = 10_000;

/**
 * The value of a parsed document as Kubernetes reads it (see `resolveScalar`), and
 * what it would refuse: duplicate keys, endless or exploding aliases.
 */
export function documentValue(document: Document): {
  value: unknown;
  faults: readonly NodeFault[];
} {
  const state: State = { document, faults: [], values: new Map(), sizes: new Map(), aliased: 0 };
  const value = convert(document.contents as Node | null, state);
  return { value, faults: state.faults };
}

interface State {
  readonly document: Document;
  readonly faults: NodeFault[];
  /** What anchored nodes became, so that aliases share it. */
  readonly values: Map<Node, unknown>;
  /** How many values stand at or below an anchored node. */
  readonly sizes: Map<Node, number>;
  aliased: number;
}

function convert(node: Node | null, state: State): unknown {
  if (node === null) return null;
  if (isAlias(node)) return convertAlias(node, state);
  const value = convertOwn(node, state);
  if ('anchor' in node && node.anchor) {
    state.values.set(node, value);
    state.sizes.set(node, countValues(value));
  }
  return value;
}

function convertOwn(node: Node, state: State): unknown {
  if (isMap(node)) return convertMap(node.items as Pair<Node, Node | null>[], state);
  if (isSeq(node)) return node.items.map((item) => convert(item as Node, state));
  if (!isScalar(node)) return null;
  const text = sourceOf(node);
  const isPlain = node.type === 'PLAIN' || node.type === undefined;
  switch (node.tag) {
    case undefined:
      return isPlain ? resolveScalar(text) : node.value;
    case 'tag:yaml.org,2002:str':
    case 'tag:yaml.org,2002:binary':
      return String(node.value ?? '');
    case 'tag:yaml.org,2002:int':
    case 'tag:yaml.org,2002:float':
    case 'tag:yaml.org,2002:bool':
    case 'tag:yaml.org,2002:null':
      return resolveScalar(text);
    default:
      return node.value;
  }
}

function convertMap(pairs: readonly Pair<Node, Node | null>[], state: State): unknown {
  const mapping: Record<string, unknown> = {};
  const merged: Record<string, unknown>[] = [];
  for (const { key, value } of pairs) {
    const name = keyOf(key);
    if (name === '<<' && isScalar(key) && key.type === 'PLAIN') {
      const sources = [convert(value, state)].flat();
      merged.push(...sources.filter(isMapping));
      if (!sources.every(isMapping)) {
        const message = '"<<" merges what is no mapping';
        state.faults.push({ message, offset: key.range?.[0] ?? 0 });
      }
      continue;
    }
    if (isNull(key)) {
      state.faults.push({ message: 'a key is null', offset: key?.range?.[0] ?? 0 });
    }
    if (Object.hasOwn(mapping, name)) {
      const offset = key?.range?.[0] ?? 0;
      state.faults.push({ message: `key "${name}" is there twice`, offset });
    }
    define(mapping, name, convert(value, state));
  }
  for (const source of merged) {
    for (const [name, value] of Object.entries(source)) {
      if (!Object.hasOwn(mapping, name)) define(mapping, name, value);
    }
  }
  return mapping;
}

function isNull(key: Node | null): boolean {
  if (key === null) return true;
  return isScalar(key) && key.type === 'PLAIN' && !key.tag && isNullKey(sourceOf(key));
}

function sourceOf({ source, value }: Scalar): string {
  return typeof source === 'string' ? source : String(value ?? '');
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Assignment would let a key named `__proto__` change the object itself. */
function define(mapping: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') mapping[name] = value;
  else Object.defineProperty(mapping, name, { value, enumerable: true, configurable: true });
}

/** The name of a mapping's key as Kubernetes would spell it. */
export function keyOf(key: unknown): string {
  if (!isScalar(key)) return String(key);
  return key.type === 'PLAIN' && !key.tag ? resolveKey(sourceOf(key)) : String(key.value);
}

function convertAlias(node: Node, state: State): unknown {
  const offset = node.range?.[0] ?? 0;
  const target = isAlias(node) ? node.resolve(state.document) : undefined;
  if (!target || !state.values.has(target)) {
    state.faults.push({ message: 'alias points at nothing before it', offset });
    return null;
  }
  state.aliased += state.sizes.get(target) ?? 1;
  if (state.aliased > maximumAliased) {
    const message = `aliases stand for more than ${maximumAliased} values`;
    if (!state.faults.some((fault) => fault.message === message)) {
      state.faults.push({ message, offset });
    }
    return null;
  }
  return state.values.get(target);
}

/** Counts shared values as often as they are reached, up to the bound that matters. */
function countValues(value: unknown): number {
  let count = 0;
  const waiting = [value];
  while (waiting.length > 0 && count <= maximumAliased) {
    const next = waiting.pop();
    count++;
    if (typeof next === 'object' && next !== null) waiting.push(...Object.values(next));
  }
  return count;
}
