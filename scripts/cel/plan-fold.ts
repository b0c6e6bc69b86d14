import type { Fold } from './ast.ts';
import { EvaluationError, fail } from './errors.ts';
import { absorb, spend } from './meter.ts';
import type { Frame, Planner, Step } from './plan.ts';
import { goTypeName } from './runtime-type.ts';
import { decodeKey, encodeKey, isList, isMap, type Key, typeName, type Value } from './values.ts';

/** Visits one element of a range; gives true to stop. */
type Visit = (key: Value, element: Value) => boolean | undefined;

/** Makes a macro that walks a list or a map ready to run. */
export function planFold(planner: Planner, node: Fold): Step {
  const range = planner.plan(planner, node.range);
  const filter = node.filter && planner.plan(planner, node.filter);
  const transform = node.transform && planner.plan(planner, node.transform);
  const slot = planner.checked.slots.get(node) ?? 0;
  const pair = node.variables.length === 2;
  const collect = collectors[node.macro];
  return (frame) => {
    const whole = range(frame);
    return collect(frame, (visit) => walk(whole, visit), bind, filter, transform);

    function bind(key: Value, element: Value): Value {
      const only = isMap(whole) ? key : element;
      frame.locals[slot] = pair ? key : only;
      if (pair) frame.locals[slot + 1] = element;
      return only;
    }
  };
}

type Collect = (
  frame: Frame,
  walk: (visit: Visit) => void,
  bind: (key: Value, element: Value) => Value,
  filter: Step | undefined,
  transform: Step | undefined,
) => Value;

const collectors: Record<Fold['macro'], Collect> = {
  all: decide(false),
  exists: decide(true),
  existsOne: (frame, walk, bind, filter) => {
    let count = 0;
    walk((key, element) => {
      bind(key, element);
      if (passes(frame, filter)) count += 1;
      return false;
    });
    return count === 1;
  },
  map: (frame, walk, bind, filter, transform) => {
    const list: Value[] = [];
    walk((key, element) => {
      bind(key, element);
      if (passes(frame, filter) && transform) list.push(transform(frame));
      return false;
    });
    return list;
  },
  filter: (frame, walk, bind, filter) => {
    const list: Value[] = [];
    walk((key, element) => {
      const kept = bind(key, element);
      if (passes(frame, filter)) list.push(kept);
      return false;
    });
    return list;
  },
  transformMap: (frame, walk, bind, filter, transform) => {
    const map = new Map<Key, Value>();
    walk((key, element) => {
      bind(key, element);
      if (passes(frame, filter) && transform) insert(map, key, transform(frame));
      return false;
    });
    return map;
  },
  transformMapEntry: (frame, walk, bind, filter, transform) => {
    const map = new Map<Key, Value>();
    walk((key, element) => {
      bind(key, element);
      const entries = passes(frame, filter) && transform ? transform(frame) : undefined;
      if (entries === undefined) return false;
      if (!isMap(entries)) return fail('no such overload: cel.@mapInsert');
      for (const [name, value] of entries) insert(map, decodeKey(name), value);
      return false;
    });
    return map;
  },
};

/** `all` and `exists`: an element that decides wins over errors before it. */
function decide(decisive: boolean): Collect {
  return (frame, walk, bind, filter) => {
    let error: EvaluationError | undefined;
    let decided = false;
    walk((key, element) => {
      bind(key, element);
      try {
        decided = passes(frame, filter) === decisive;
      } catch (caught) {
        if (!(caught instanceof EvaluationError)) throw caught;
        absorb();
        error ??= caught;
      }
      return decided;
    });
    if (decided) return decisive;
    if (error) throw error;
    return !decisive;
  };
}

function passes(frame: Frame, filter: Step | undefined): boolean {
  if (!filter) return true;
  const value = filter(frame);
  spend(1);
  return typeof value === 'boolean' ? value : fail('no such overload');
}

function insert(map: Map<Key, Value>, key: Value, value: Value): void {
  const encoded = encodeKey(key) ?? fail(`unsupported key type: ${typeName(key)}`);
  if (map.has(encoded)) fail(`insert failed: key ${String(encoded)} already exists`);
  map.set(encoded, value);
}

function walk(range: Value, visit: Visit): void {
  if (isList(range)) {
    for (let index = 0; index < range.length; index += 1) {
      spend(1);
      if (visit(BigInt(index), range[index] as Value)) return;
    }
  } else if (isMap(range)) {
    for (const [key, element] of range) {
      spend(1);
      if (visit(decodeKey(key), element)) return;
    }
  } else fail(`got '${goTypeName(range)}', expected iterable type`);
}
