import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Definitions, Kind } from './definitions.ts';

/**
 * The kinds that the API server of a `@kubernetes/client-node` package lets one create,
 * with the plural and the scope that their paths show. Sub-resources such as
 * `pods/eviction` are no kinds of manifests.
 */
export function clientNodeKinds(folder: string, models: Definitions): Kind[] {
  const gen = join(folder, 'dist/gen');
  const index = readFileSync(join(gen, 'types/PromiseAPI.d.ts'), 'utf8');
  // Apis of older Kubernetes versions lie around as files, but have no class in the index.
  const live = [...index.matchAll(/^export declare class Promise(\w+Api) /gm)];
  const found = new Map<string, Kind>();
  for (const [, api = ''] of live) {
    for (const kind of kindsOf(readFileSync(join(gen, 'apis', `${api}.js`), 'utf8'))) {
      if (!models[kind.definition]) throw new Error(`${kind.definition} has no model`);
      found.set(`${kind.group}/${kind.version}/${kind.kind}`, kind);
      const list = listOf(kind.definition, models);
      if (!list) continue;
      const { group, version } = kind;
      const name = `${kind.kind}List`;
      found.set(`${group}/${version}/${name}`, { group, version, kind: name, definition: list });
    }
  }
  return [...found.values()];
}

/** The model of a list of those; not every one is named after the model of its items. */
function listOf(definition: string, models: Definitions): string | undefined {
  return [`${definition}List`, `${definition.replace(/^[A-Z][a-z]+(?=V\d)/, '')}List`].find(
    (name) => models[name]?.properties?.items?.items?.$ref === definition,
  );
}

/** From the request makers: where each one posts, and the model of what it posts. */
function* kindsOf(code: string): Generator<Kind> {
  for (const request of code.split(/^ {4}async create/m).slice(1)) {
    const path = /localVarPath = '([^']+)'/.exec(request)?.[1];
    const model = /ObjectSerializer\.serialize\(body, "(\w+)"/.exec(request)?.[1];
    const place =
      /^\/(?:api|apis\/([^/{]+))\/([^/{]+)\/(namespaces\/\{namespace\}\/)?([^/]+)$/.exec(
        path ?? '',
      );
    if (!place || !model) continue;
    const [, group = '', version = '', namespace, plural = ''] = place;
    yield {
      group,
      version,
      kind: model.replace(/^.*?V\d+((alpha|beta)\d+)?/, ''),
      definition: model,
      plural,
      namespaced: namespace !== undefined,
    };
  }
}
