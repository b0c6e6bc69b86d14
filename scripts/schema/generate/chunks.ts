import { parseAst } from 'rolldown/parseAst';

/** What a chunk has to give: the names to export, and what each is called in the code. */
export type Exports = Readonly<Record<string, string>>;

interface Statement {
  readonly text: string;
  readonly uses: readonly string[];
}

/**
 * Splits one big module into a chunk for each group, plus what several groups use:
 * `_common` has what most of them do, `_shared` the rest. Returns the code by chunk name.
 */
export function chunksOf(code: string, groups: ReadonlyMap<string, Exports>): Map<string, string> {
  const { statements, aliases } = statementsOf(code);
  const users = new Map<string, Set<string>>();
  for (const [group, exports] of groups) {
    const open = Object.values(exports).map((name) => aliases.get(name) as string);
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const seen = users.get(name) ?? new Set();
      if (seen.has(group)) continue;
      users.set(name, seen.add(group));
      open.push(...(statements.get(name)?.uses ?? []));
    }
  }
  const home = (name: string): string => {
    const [first = '', ...others] = users.get(name) ?? [];
    if (others.length === 0) return first;
    return others.length + 1 > groups.size / 2 ? '_common' : '_shared';
  };
  const chunks = new Map<string, string>();
  for (const chunk of ['_common', '_shared', ...groups.keys()]) {
    const own = [...statements].filter(([name]) => users.has(name) && home(name) === chunk);
    if (own.length > 0) chunks.set(chunk, chunkOf(chunk, own));
  }
  return chunks;

  function chunkOf(chunk: string, own: readonly [string, Statement][]): string {
    const foreign = new Map<string, Set<string>>();
    for (const name of own.flatMap(([, { uses }]) => uses)) {
      const from = home(name);
      if (from !== chunk) foreign.set(from, (foreign.get(from) ?? new Set()).add(name));
    }
    const exports = Object.entries(groups.get(chunk) ?? {}).map(
      ([name, inner]) => `${aliases.get(inner)} as ${JSON.stringify(name)}`,
    );
    const texts = own.map(([, { text }]) => text);
    return [
      ...(texts.some((text) => text.includes('checks.'))
        ? ['import * as checks from "../checks.js";']
        : []),
      ...[...foreign].map(([from, names]) => `import {${[...names].join()}} from "./${from}.js";`),
      ...texts,
      `export {${(chunk.startsWith('_') ? own.map(([name]) => name) : exports).join()}};`,
    ].join('\n');
  }
}

/** Top-level declarations by name, and the names that the module exports them under. */
function statementsOf(code: string): {
  readonly statements: Map<string, Statement>;
  readonly aliases: Map<string, string>;
} {
  const texts = new Map<string, string>();
  const aliases = new Map<string, string>();
  for (const node of parseAst(code).body) {
    const text = code.slice(node.start, node.end);
    const exported = /^export const (\w+) = (\w+);/.exec(text);
    const declared = /^(?:const|function) (\w+)/.exec(text)?.[1];
    if (exported) aliases.set(exported[1] as string, exported[2] as string);
    else if (declared) texts.set(declared, text);
    else if (text !== '"use strict";') throw new Error(`not a declaration: ${text.slice(0, 60)}`);
  }
  const statements = [...texts].map(([name, text]): [string, Statement] => {
    const words = new Set(text.match(/\b[a-z]+\d+\b/g));
    return [name, { text, uses: [...words].filter((word) => word !== name && texts.has(word)) }];
  });
  return { statements: new Map(statements), aliases };
}
