import { isRecord } from '../../kubernetes/fields.ts';
import { readYaml } from '../../kubernetes/yaml.ts';
import type { Cluster, SourceFile, Target, TargetFiles } from '../../model.ts';
import { substituteDocument } from './substitute-document.ts';
import { variablesOf } from './variables.ts';

interface Text {
  readonly target: Target;
  readonly text?: string;
}

/** What there is to look variables up in. */
interface Found {
  readonly targets: readonly { readonly target: Target; readonly input: TargetFiles }[];
  readonly clusters: readonly Cluster[];
  readonly sources: readonly SourceFile[];
}

/** Texts of targets with the values of Flux's variables in them. Others stay as they are. */
export function substituteTexts<T extends Text>(texts: readonly T[], found: Found): T[] {
  const inputs = new Map(found.targets.map(({ target, input }) => [target.name, input]));
  const sources = new Map(found.sources.map((source) => [source.path, source]));
  return texts.map((one) => {
    const { postBuild } = inputs.get(one.target.name) ?? {};
    if (!postBuild || one.text === undefined) return one;
    const variables = variablesOf(postBuild, { rendered: [], clusters: found.clusters, sources });
    const documents = one.text.split(/^---\n/m).map((text) => {
      const [data] = readYaml(text, one.target.path).documents;
      return isRecord(data) ? substituteDocument(data, text, variables).text : text;
    });
    return { ...one, text: documents.join('---\n') };
  });
}
