import { join } from 'node:path';
import { crdSources, isNamespaced, noKinds, pluralOf } from './crd-sources.ts';
import { declaredStructs } from './declared-structs.ts';
import type { Definitions, Kind, Schema } from './definitions.ts';
import { withNewerFields } from './newer-fields.ts';
import { structsOf } from './structs.ts';

/** The kinds of custom resources that npm knows, and what they are made of. */
export interface Crds {
  readonly definitions: Definitions;
  readonly kinds: readonly Kind[];
  /** The package that each kind comes from. */
  readonly packageOf: ReadonlyMap<Kind, string>;
}

/** Reads the schemas of all custom resources below this folder of packages. */
export function crdsOf(packages: string): Crds {
  const core = ['@kubernetes-models/apimachinery', 'kubernetes-models'];
  const own = crdSources.map(({ package: name }) => `@kubernetes-models/${name}`);
  const { definitions } = structsOf([...core, ...own].map((name) => join(packages, name)));
  const packageOf = new Map<Kind, string>();
  for (const { package: name } of crdSources) {
    for (const kind of kindsOf(join(packages, '@kubernetes-models', name))) {
      packageOf.set(kind, name);
    }
  }
  const kinds = [...packageOf.keys()];
  const reached = withFluxDurations(reachableFrom(kinds, definitions));
  return { definitions: withNewerFields(reached), kinds, packageOf };
}

function kindsOf(folder: string): Kind[] {
  const kinds: Kind[] = [];
  for (const [definition, { apiVersion, kind }] of declaredStructs(folder)) {
    if (!apiVersion?.includes('/') || !kind || kind.endsWith('List') || noKinds.has(kind)) continue;
    const [group = '', version = ''] = apiVersion.split('/');
    const [plural, namespaced] = [pluralOf(kind), isNamespaced(kind)];
    kinds.push({ group, version, kind, definition, plural, namespaced });
  }
  return kinds;
}

/** Those definitions that these kinds refer to, themselves or through others. */
export function reachableFrom(kinds: readonly Kind[], definitions: Definitions): Definitions {
  const reached = new Set<string>();
  const open = kinds.map(({ definition }) => definition);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const [, other = ''] of JSON.stringify(definitions[name]).matchAll(/"\$ref":"(\w+)"/g)) {
      open.push(other);
    }
  }
  return Object.fromEntries([...reached].sort().map((name) => [name, definitions[name] as Schema]));
}

/** Flux puts this pattern on all its durations, which are mere strings to the packages. */
const fluxDuration = '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$';

function withFluxDurations(definitions: Definitions): Definitions {
  for (const [name, { properties = {} }] of Object.entries(definitions)) {
    if (!name.startsWith('ComGithubFluxcd')) continue;
    for (const field of ['interval', 'retryInterval', 'timeout']) {
      const schema = properties[field];
      if (schema?.type === 'string') schema.pattern ??= fluxDuration;
    }
  }
  return definitions;
}
