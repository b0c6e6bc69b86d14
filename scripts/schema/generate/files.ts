import { minifySync } from 'rolldown/utils';
import { chunksOf } from './chunks.ts';
import { compact } from './compact.ts';
import { compile } from './compile.ts';
import { reachableFrom } from './crds.ts';
import { apiVersionOf, type Definitions, type Kind, sorted } from './definitions.ts';

/** The files of one Kubernetes minor, as kubeconform's template for schema locations asks for them. */
export function builtInFiles(
  definitions: Definitions,
  kinds: readonly Kind[],
): Map<string, string> {
  const files = new Map([
    ['_definitions.json', definitionsFile(definitions)],
    ['_resources.json', resourcesFile(kinds)],
  ]);
  for (const { group, version, kind, definition } of kinds) {
    const suffix = [group.split('.')[0], version].filter(Boolean).join('-');
    files.set(`${kind}-${suffix}.json`.toLowerCase(), referTo(definition));
  }
  return files;
}

/** The files of custom resources, in the layout of the public catalogue of CRDs. */
export function crdFiles(definitions: Definitions, kinds: readonly Kind[]): Map<string, string> {
  const files = new Map([['_resources.json', resourcesFile(kinds)]]);
  for (const group of new Set(kinds.map((one) => one.group))) {
    const own = kinds.filter((one) => one.group === group);
    files.set(`${group}/_definitions.json`, definitionsFile(reachableFrom(own, definitions)));
    for (const { version, kind, definition } of own) {
      files.set(`${group}/${kind.toLowerCase()}_${version}.json`, referTo(definition));
    }
  }
  return files;
}

/** The compiled checks: one file for each API group, and what several of them share. */
export function compiledFiles(
  definitions: Definitions,
  kinds: readonly Kind[],
): Map<string, string> {
  const groups = new Map<string, Record<string, string>>();
  for (const { group, version, kind, definition } of kinds) {
    const name = group || 'core';
    groups.set(name, { ...groups.get(name), [`${version}/${kind}`]: definition });
  }
  const code = compile(definitions, [...new Set(kinds.map(({ definition }) => definition))]);
  const chunks = chunksOf(compact(code), groups);
  return new Map([...chunks].map(([name, text]) => [`${name}.js`, minified(text)]));
}

/** One function a line, for the sake of diffs and stack traces. */
function minified(code: string): string {
  return minifySync('chunk.js', code).code.replaceAll('}function ', '}\nfunction ');
}

function definitionsFile(definitions: Definitions): string {
  const lines = Object.entries(sorted(definitions)).map(
    ([name, schema]) => `${JSON.stringify(name)}:${JSON.stringify(schema, pointed)}`,
  );
  return `{"definitions":{\n${lines.join(',\n')}\n}}`;
}

function pointed(key: string, value: unknown): unknown {
  return key === '$ref' && typeof value === 'string' ? `#/definitions/${value}` : value;
}

function referTo(definition: string): string {
  return JSON.stringify({ $ref: `_definitions.json#/definitions/${definition}` });
}

/** Plural and scope of every kind, by apiVersion. */
function resourcesFile(kinds: readonly Kind[]): string {
  const resources: Record<string, Record<string, unknown>> = {};
  for (const one of kinds) {
    const { kind, plural, namespaced } = one;
    const apiVersion = apiVersionOf(one);
    const known = plural ? { plural, namespaced } : {};
    resources[apiVersion] = { ...resources[apiVersion], [kind]: known };
  }
  const lines = Object.entries(sorted(resources)).map(
    ([name, own]) => `${JSON.stringify(name)}:${JSON.stringify(sorted(own))}`,
  );
  return `{\n${lines.join(',\n')}\n}`;
}
