import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';

let library: typeof Yaml | undefined;

/** The full parser, loaded when a text first needs it: that takes as long as starting Node. */
export function yamlLibrary(): typeof Yaml {
  library ??= createRequire(import.meta.url)('yaml') as typeof Yaml;
  return library;
}

/** Whether a node of a parsed document is an alias. */
export function isAlias(node: unknown): node is Yaml.Alias {
  return yamlLibrary().isAlias(node);
}

/** Whether a node of a parsed document is a mapping. */
export function isMap(node: unknown): node is Yaml.YAMLMap {
  return yamlLibrary().isMap(node);
}

/** Whether a node of a parsed document is a scalar. */
export function isScalar(node: unknown): node is Yaml.Scalar {
  return yamlLibrary().isScalar(node);
}

/** Whether a node of a parsed document is a sequence. */
export function isSeq(node: unknown): node is Yaml.YAMLSeq {
  return yamlLibrary().isSeq(node);
}
