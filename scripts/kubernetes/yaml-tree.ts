import type { FieldPath } from '../model.ts';

/** A value of a YAML text and where it is written, as offsets in the text. */
export type YamlNode = YamlMap | YamlList | YamlScalar | YamlAlias;

interface Written {
  /** Of the value itself: tags and anchors stand before it. */
  readonly start: number;
  /** Behind the value; equal to `start` where nothing is written. */
  readonly end: number;
}

export interface YamlMap extends Written {
  readonly is: 'map';
  readonly entries: readonly YamlEntry[];
  readonly isFlow: boolean;
}

export interface YamlEntry {
  /** As Kubernetes spells it. */
  readonly key: string;
  readonly keyStart: number;
  readonly value: YamlNode;
}

interface YamlList extends Written {
  readonly is: 'list';
  readonly items: readonly YamlNode[];
  readonly isFlow: boolean;
}

export interface YamlScalar extends Written {
  readonly is: 'scalar';
  readonly style: ScalarStyle;
  /** As Kubernetes reads it; undefined where a tag asks for another type. */
  readonly value: unknown;
  /** The characters that it stands for, whatever their type. */
  readonly text: string;
}

export type ScalarStyle = 'plain' | 'single quoted' | 'double quoted' | 'literal' | 'folded';

interface YamlAlias extends Written {
  readonly is: 'alias';
  /** What it stands for; absent when it points at nothing before it. */
  readonly target?: YamlNode;
}

/** The node at a path, aliases not followed; undefined when nothing is there. */
export function nodeAt(root: YamlNode, path: FieldPath): YamlNode | undefined {
  let node: YamlNode | undefined = root;
  for (const step of path) node = node && childOf(node, step)?.value;
  return node;
}

/** Whether any value at or below a node is an alias. */
export function containsAlias(node: YamlNode): boolean {
  if (node.is === 'list') return node.items.some(containsAlias);
  if (node.is === 'map') return node.entries.some(({ value }) => containsAlias(value));
  return node.is === 'alias';
}

/** Where a field begins in its text, or its nearest parent when it is not there. */
export function offsetOf(
  root: YamlNode,
  path: FieldPath,
): { readonly offset: number; readonly found: boolean } {
  let node = root;
  let { start: offset } = root;
  for (const step of path) {
    const holder = node.is === 'alias' ? node.target : node;
    const child = holder && childOf(holder, step);
    if (!child) return { offset, found: false };
    node = child.value;
    offset = child.offset;
  }
  return { offset, found: true };
}

/** A value of a collection, and the offset by which a reader finds it. */
function childOf(
  holder: YamlNode,
  step: string | number,
): { readonly value: YamlNode; readonly offset: number } | undefined {
  if (holder.is === 'list' && typeof step === 'number') {
    const item = holder.items[step];
    return item && { value: item, offset: item.start };
  }
  if (holder.is !== 'map') return undefined;
  const entry = entryOf(holder, String(step));
  if (!entry) return undefined;
  const { value, keyStart } = entry;
  const isBlock = (value.is === 'map' || value.is === 'list') && !value.isFlow;
  return { value, offset: isBlock ? keyStart : value.start };
}

/** Above as many entries looking each of them up one by one would take long. */
const few = 16;

const indexes = new WeakMap<YamlMap, ReadonlyMap<string, YamlEntry>>();

function entryOf(map: YamlMap, name: string): YamlEntry | undefined {
  const { entries } = map;
  if (entries.length <= few) return entries.find(({ key }) => key === name);
  let index = indexes.get(map);
  if (!index) {
    // Of two with one key the first counts.
    index = new Map(entries.map((entry) => [entry.key, entry] as const).reverse());
    indexes.set(map, index);
  }
  return index.get(name);
}
