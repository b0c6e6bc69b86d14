import { isRecord, recordAt } from '../../kubernetes/fields.ts';
import { manifestsOf } from '../../kubernetes/manifests.ts';
import type { Location, Manifest, Problem, Rendered, TargetFiles } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';
import { evaluateTemplate } from './evaluate-template.ts';
import { type Node, parseTemplate } from './parse-template.ts';
import { type SubstitutionFault, substituteDocument } from './substitute-document.ts';
import { type VariableSources, type Variables, variablesOf } from './variables.ts';

/** What a target's variables do to one value; provenance puts lines together with it. */
export interface Substitution {
  /** A text with the values of variables in it; what has none stays. */
  apply(text: string): string;
  /** The variables in a text, with where each gets its value. */
  definitions(text: string): readonly { readonly name: string; readonly place: Location }[];
}

/** Renders with variables and common metadata in them, and what the variables do by target. */
export interface SubstitutedRenders {
  readonly rendered: readonly Rendered[];
  readonly substitutions: ReadonlyMap<string, Substitution>;
}

/**
 * Does what Flux does after a build: puts in the values of variables, then the common labels
 * and annotations. Targets of which nothing of that is asked stay the very same.
 *
 * @param inputs what each target is made of, by its name
 */
export function substituteRendered(
  rendered: readonly Rendered[],
  inputs: ReadonlyMap<string, TargetFiles>,
  context: VariableSources,
): SubstitutedRenders {
  const substitutions = new Map<string, Substitution>();
  const changed = rendered.map((one) => {
    const { postBuild, metadata } = inputs.get(one.target.name) ?? {};
    const result =
      postBuild && one.texts ? substituteOne(one, variablesOf(postBuild, context)) : one;
    if (postBuild) {
      substitutions.set(one.target.name, substitutionOf(variablesOf(postBuild, context)));
    }
    return metadata ? withMetadata(result, metadata) : result;
  });
  return { rendered: changed, substitutions };
}

const validName = /^[_a-zA-Z][_a-zA-Z0-9]*$/;

function substituteOne({ texts = [], ...rest }: Rendered, variables: Variables): Rendered {
  const problems: Problem[] = [];
  const unknownFrom = new Set<string>();
  for (const name of variables.names.filter((one) => !validName.test(one))) {
    const location = variables.placeOf(name);
    const message = `"${name}" is no name of a variable, so Flux applies nothing`;
    const fix = 'Use letters, digits and underscores, a digit not first.';
    if (location) problems.push({ location, message, fix });
  }
  if (variables.names.length === 0) {
    // Without a single variable Flux leaves the text alone; a Secret may bring some.
    if (rest.manifests.every((_, index) => !texts[index]?.includes('$'))) return rest;
    if (variables.unknownFrom('') === undefined) return rest;
  }
  const manifests = rest.manifests.flatMap((manifest, index) => {
    const done = substituteDocument(manifest.data, texts[index] ?? '', variables);
    for (const from of done.unknownFrom) unknownFrom.add(from);
    if (done.data === manifest.data && done.faults.length === 0) return manifest;
    const own = manifestsOf([done.data], { target: rest.target }).map((one) =>
      done.unknown.length > 0 ? { ...one, unknown: done.unknown } : one,
    );
    const [first] = own;
    if (first) problems.push(...done.faults.map((fault) => toProblem(fault, first, variables)));
    return own;
  });
  const changedBy = [...unknownFrom].sort();
  const target = changedBy.length > 0 ? { ...rest.target, changedBy } : rest.target;
  const own =
    changedBy.length > 0 ? retargeted(manifests, target, problems) : { manifests, problems };
  return { ...rest, target, manifests: own.manifests, variableProblems: own.problems };
}

/** Objects and problems name their target: all of them, or none, have the new one. */
function retargeted(
  manifests: readonly Manifest[],
  target: Rendered['target'],
  problems: readonly Problem[],
): { manifests: Manifest[]; problems: Problem[] } {
  const moved = new Map(manifests.map((one) => [one, { ...one, target }]));
  return {
    manifests: [...moved.values()],
    problems: problems.map((one) =>
      'manifest' in one ? { ...one, manifest: moved.get(one.manifest) ?? one.manifest } : one,
    ),
  };
}

function toProblem(
  { path, expression, variable, reason }: SubstitutionFault,
  manifest: Manifest,
  variables: Variables,
): Problem {
  const keep = `Write \`$${expression || '${...}'}\` for what is to stay, or annotate the object with \`kustomize.toolkit.fluxcd.io/substitute: disabled\`.`;
  if (variable === undefined) {
    const message = expression
      ? `Flux cannot substitute ${expression}: ${reason}`
      : `after Flux's substitution ${reason}`;
    return { manifest, path, message, fix: keep };
  }
  const near = nearest(variable, variables.names);
  const set = 'Set it under `spec.postBuild.substitute`, or give it a default: `${NAME:-value}`.';
  const isScript =
    manifest.kind === 'ConfigMap' || path.some((step) => step === 'args' || step === 'command');
  const fix = near ? `Did you mean "${near}"?` : isScript ? keep : set;
  return { manifest, path, message: `variable "${variable}" ${reason}`, fix };
}

function withMetadata(rendered: Rendered, added: NonNullable<TargetFiles['metadata']>): Rendered {
  const manifests = rendered.manifests.map((manifest) => {
    const metadata = { ...recordAt(manifest.data, ['metadata']) };
    for (const field of ['labels', 'annotations'] as const) {
      if (Object.keys(added[field]).length === 0) continue;
      const own = metadata[field];
      metadata[field] = { ...(isRecord(own) ? own : {}), ...added[field] };
    }
    return { ...manifest, data: { ...manifest.data, metadata } };
  });
  const moved = new Map(rendered.manifests.map((one, index) => [one, manifests[index]]));
  const problems = rendered.variableProblems?.map((one) =>
    'manifest' in one ? { ...one, manifest: moved.get(one.manifest) ?? one.manifest } : one,
  );
  return { ...rendered, manifests, ...(problems && { variableProblems: problems }) };
}

function substitutionOf(variables: Variables): Substitution {
  return {
    apply(text) {
      const nodes = nodesOf(text);
      return evaluateTemplate(nodes, variables.valueOf, ({ start, end }) => text.slice(start, end));
    },
    definitions(text) {
      const names = new Set(nodesOf(text).flatMap(namesIn));
      return [...names].flatMap((name) => {
        const place = variables.placeOf(name);
        return place ? [{ name, place }] : [];
      });
    },
  };
}

function nodesOf(text: string): readonly Node[] {
  try {
    return parseTemplate(text);
  } catch {
    return [text];
  }
}

function namesIn(node: Node): string[] {
  return typeof node === 'string' ? [] : [node.variable, ...node.operands.flatMap(namesIn)];
}
