import type { Document, Node, Pair, Scalar } from 'yaml';
import { resolveScalar } from './scalars.ts';
import { isAlias, isMap, isScalar, isSeq } from './yaml-library.ts';
import { keyOf } from './yaml-nodes.ts';
import type { ScalarStyle, YamlNode } from './yaml-tree.ts';

/**
 * The tree of a document that the full parser has read.
 *
 * @param base what is added to every offset
 */
export function libraryTree(document: Document, base: number): YamlNode {
  return convert(document.contents as Node | null, 0, { base, anchored: new Map() });
}

interface State {
  readonly base: number;
  /** What an anchor stands for so far; the same name may be given again. */
  readonly anchored: Map<string, YamlNode>;
}

/** @param place of a value that is not written at all */
function convert(node: Node | null, place: number, state: State): YamlNode {
  const [start, end] = node?.range ?? [place, place];
  const own = convertOwn(node, { start: state.base + start, end: state.base + end }, state);
  const anchor = node && 'anchor' in node ? node.anchor : undefined;
  if (typeof anchor === 'string') state.anchored.set(anchor, own);
  return own;
}

function convertOwn(
  node: Node | null,
  written: { readonly start: number; readonly end: number },
  state: State,
): YamlNode {
  const { base, anchored } = state;
  const begin = written.start - base;
  if (isAlias(node)) {
    const target = anchored.get(node.source);
    return { is: 'alias', ...written, ...(target && { target }) };
  }
  if (isMap(node)) {
    const entries = (node.items as Pair<Node, Node | null>[]).map(({ key, value }) => {
      const keyStart = key?.range?.[0] ?? begin;
      return { key: keyOf(key), keyStart: base + keyStart, value: convert(value, keyStart, state) };
    });
    return { is: 'map', ...written, entries, isFlow: node.flow === true };
  }
  if (isSeq(node)) {
    const items = (node.items as (Node | null)[]).map((item) => convert(item, begin, state));
    return { is: 'list', ...written, items, isFlow: node.flow === true };
  }
  if (!isScalar(node)) return { is: 'scalar', ...written, style: 'plain', value: null, text: '' };
  const style = styles[node.type ?? 'PLAIN'] ?? 'plain';
  return {
    is: 'scalar',
    ...written,
    style,
    value: readScalar(node),
    text: String(node.value ?? ''),
  };
}

const styles: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single quoted',
  QUOTE_DOUBLE: 'double quoted',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function readScalar({ tag, type, value, source }: Scalar): unknown {
  if (tag && tag !== 'tag:yaml.org,2002:str') return undefined;
  if (tag || (type !== undefined && type !== 'PLAIN')) return String(value ?? '');
  return resolveScalar(source ?? '');
}
