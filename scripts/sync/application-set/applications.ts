import { isRecord, listAt, recordAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import { describe, groupOf, manifestsOf } from '../../kubernetes/manifests.ts';
import { readYaml } from '../../kubernetes/yaml.ts';
import type { FieldPath, Manifest } from '../../model.ts';
import { CannotTell, located, TemplateFault } from '../go-template/errors.ts';
import { unknownMark } from '../go-template/values.ts';
import type { SyncProblem } from '../sync-graph.ts';
import type { Generated } from '../unit.ts';
import { type Filler, fillAll, openFiller, type Parameters } from './filler.ts';
import { type Expansion, generatorsIn, type NamedGenerator, parametersOf } from './generators.ts';
import { completed, patched } from './merge-maps.ts';
import type { SetContext } from './set-context.ts';

/** An Application that an ApplicationSet makes. */
interface GeneratedApplication {
  /** The Application as the controller creates it. */
  readonly manifest: Manifest;
  readonly generated: Generated;
}

/** What is known of the Applications of an ApplicationSet. */
export interface Applications {
  readonly applications: readonly GeneratedApplication[];
  readonly problems: readonly SyncProblem[];
  /** False when there may be others. */
  readonly isComplete: boolean;
}

/**
 * Expands an ApplicationSet as its controller does, without asking anybody. Never throws:
 * what cannot be followed is a problem. Nothing for other kinds.
 */
export function applicationsOf(manifest: Manifest, context: SetContext): Applications {
  const isSet =
    groupOf(manifest.apiVersion) === 'argoproj.io' && manifest.kind === 'ApplicationSet';
  if (!isSet) return { applications: [], problems: [], isComplete: true };
  const problems: SyncProblem[] = [];
  const applications: GeneratedApplication[] = [];
  const note = (kind: SyncProblem['kind'], message: string, path: FieldPath): void => {
    if (problems.some((one) => one.message.endsWith(message) && one.kind === kind)) return;
    problems.push({ manifest, path, kind, message: `${describe(manifest)}: ${message}` });
  };
  const attempt = (path: FieldPath, run: () => void): void => {
    try {
      located(path, run);
    } catch (error) {
      const isFault = error instanceof TemplateFault;
      if (!isFault && !(error instanceof CannotTell)) throw error;
      note(isFault ? 'fault' : 'unknown', error.message, error.path ?? path);
    }
  };
  attempt(['spec', 'goTemplateOptions'], () => {
    const filler = openFiller(
      valueAt(manifest.data, ['spec', 'goTemplate']) === true,
      listAt(manifest.data, ['spec', 'goTemplateOptions']),
    );
    const onUnknown = (message: string, path: FieldPath): void => note('unknown', message, path);
    const expansion: Expansion = { context, filler, onUnknown };
    for (const [entry, generator] of generatorsOf(manifest)) {
      attempt(generator.path, () => {
        for (const parameters of parametersOf(entry, generator, expansion)) {
          attempt(['spec', 'template'], () => {
            applications.push(applicationOf(manifest, generator, parameters, filler));
          });
        }
      });
    }
  });
  const unique = withoutDuplicates(applications, (name, path) =>
    note('fault', `several Applications would be called "${name}"`, path),
  );
  return { applications: unique, problems, isComplete: problems.length === 0 };
}

function generatorsOf({ data }: Manifest): [unknown, NamedGenerator][] {
  return listAt(data, ['spec', 'generators']).flatMap((entry, index) =>
    generatorsIn(entry, ['spec', 'generators', index]).map(
      (generator): [unknown, NamedGenerator] => [entry, generator],
    ),
  );
}

/** The controller makes none of those that share a name. */
function withoutDuplicates(
  all: readonly GeneratedApplication[],
  onDuplicate: (name: string, path: FieldPath) => void,
): GeneratedApplication[] {
  const names = new Map<string, number>();
  for (const { manifest } of all) names.set(manifest.name, (names.get(manifest.name) ?? 0) + 1);
  for (const { manifest, generated } of all) {
    if ((names.get(manifest.name) ?? 0) > 1) {
      onDuplicate(manifest.name, [...(generated.templates.at(-1) ?? []), 'metadata', 'name']);
    }
  }
  return all.filter(({ manifest }) => names.get(manifest.name) === 1);
}

function applicationOf(
  set: Manifest,
  { path }: NamedGenerator,
  parameters: Parameters,
  filler: Filler,
): GeneratedApplication {
  const template = recordAt(set.data, ['spec', 'template']);
  const own = recordAt(set.data, [...path, 'template']);
  const whole = completed(own, template);
  const isFilled = Object.keys(parameters).length > 0;
  const filled = isFilled ? fillAll(whole, parameters, filler) : whole;
  const first = created(set, isRecord(filled) ? filled : {}, isFilled);
  const patch = textAt(set.data, ['spec', 'templatePatch']);
  const data = known(patch === undefined ? first : patchedBy(patch, first, parameters, filler));
  const context = {
    ...(set.origin && { origin: set.origin }),
    ...(set.target && { target: set.target }),
  };
  const [manifest] = manifestsOf([data], context);
  if (!manifest?.name) throw new TemplateFault('an Application would have no name');
  return {
    manifest,
    generated: {
      by: set.name,
      generator: path,
      templates: [
        ...(Object.keys(own).length > 0 ? [[...path, 'template']] : []),
        ['spec', 'template'],
      ],
      parameters,
      ...(patch !== undefined && { unpatched: first }),
    },
  };
}

function created(set: Manifest, template: Parameters, isFilled: boolean): Parameters {
  const metadata = recordAt(template, ['metadata']);
  const keeps = valueAt(set.data, ['spec', 'syncPolicy', 'preserveResourcesOnDeletion']) === true;
  const needsFinalizer = isFilled && !keeps && listAt(metadata, ['finalizers']).length === 0;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      ...metadata,
      ...(needsFinalizer && { finalizers: ['resources-finalizer.argocd.argoproj.io'] }),
      ...(set.namespace && { namespace: set.namespace }),
    },
    spec: recordAt(template, ['spec']),
  };
}

function patchedBy(
  patch: string,
  data: Parameters,
  parameters: Parameters,
  filler: Filler,
): Parameters {
  return located(['spec', 'templatePatch'], () => {
    const { documents, problems } = readYaml(filler.fill(patch, parameters), '');
    const [document = {}] = documents;
    if (problems.length > 0 || !isRecord(document)) {
      throw new TemplateFault('what templatePatch gives is no YAML of an object');
    }
    return patched(data, document);
  });
}

/** A destination that is not in Git leaves all else known; any other gap does not. */
function known(data: Parameters): Parameters {
  const spec = recordAt(data, ['spec']);
  const destination = Object.entries(recordAt(spec, ['destination'])).filter(
    ([key, value]) => !(['server', 'name'].includes(key) && String(value).includes(unknownMark)),
  );
  const rest = isRecord(spec.destination)
    ? { ...data, spec: { ...spec, destination: Object.fromEntries(destination) } }
    : data;
  if (JSON.stringify(rest).includes(JSON.stringify(unknownMark).slice(1, -1))) {
    throw new CannotTell('the template uses what is not in Git');
  }
  return rest;
}
