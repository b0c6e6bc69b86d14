import { isRecord } from '../../kubernetes/fields.ts';
import { readYaml } from '../../kubernetes/yaml.ts';
import { yamlLibrary } from '../../kubernetes/yaml-library.ts';
import type {
  Cluster,
  Rendered,
  RenderFailure,
  SourceFile,
  Target,
  TargetFiles,
} from '../../model.ts';
import { substituteDocument } from './substitute-document.ts';
import { variablesOf } from './variables.ts';

/** A target as text. */
export interface RenderedText {
  readonly target: Target;
  /** The YAML stream as its cluster receives it; absent when it failed. */
  readonly text?: string;
  readonly failures: readonly RenderFailure[];
}

/** What there is to look variables up in. */
interface Found {
  readonly targets: readonly { readonly target: Target; readonly input: TargetFiles }[];
  readonly clusters: readonly Cluster[];
  readonly sources: readonly SourceFile[];
  /** With variables in place. */
  readonly rendered: readonly Rendered[];
}

/**
 * The texts of renders, with the values of Flux's variables and the common metadata of their
 * Kustomization in them. Where nothing of that is asked they stay the very same.
 *
 * @param built what kustomize made, with its texts
 */
export function substituteTexts(built: readonly Rendered[], found: Found): RenderedText[] {
  const inputs = new Map(found.targets.map(({ target, input }) => [target.name, input]));
  const sources = new Map(found.sources.map((source) => [source.path, source]));
  return built.map(({ target, texts, failures }) => {
    if (!texts || failures.length > 0) return { target, failures };
    const { postBuild, metadata } = inputs.get(target.name) ?? {};
    const variables = postBuild && variablesOf(postBuild, { ...found, sources });
    const isAsked =
      variables && (variables.names.length > 0 || variables.unknownFrom('') !== undefined);
    const own = texts.map((text) => {
      const result = isAsked ? substituted(text, variables) : text;
      return metadata ? withMetadata(result, metadata) : result;
    });
    return { target, text: own.join('---\n'), failures };
  });
}

function substituted(text: string, variables: ReturnType<typeof variablesOf>): string {
  if (!text.includes('$')) return text;
  const [data] = readYaml(text, 'kustomize output').documents;
  return isRecord(data) ? substituteDocument(data, text, variables).text : text;
}

/** As kustomize writes YAML: lists not indented, long lines left long. */
const style = { indentSeq: false, lineWidth: 0 };

function withMetadata(text: string, added: NonNullable<TargetFiles['metadata']>): string {
  const document = yamlLibrary().parseDocument(text);
  if (document.errors.length > 0 || !isRecord(document.toJS())) return text;
  for (const field of ['annotations', 'labels'] as const) {
    const entries = Object.entries(added[field]);
    if (entries.length === 0) continue;
    // Null, or what no object may have there: the engine puts its own in its place.
    if (!yamlLibrary().isMap(document.getIn(['metadata', field], true))) {
      document.setIn(['metadata', field], document.createNode({}));
    }
    for (const [key, value] of entries) document.setIn(['metadata', field, key], value);
  }
  return document.toString(style);
}
