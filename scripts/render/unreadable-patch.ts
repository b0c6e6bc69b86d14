import { isRecord, textAt } from '../kubernetes/fields.ts';
import { readYaml } from '../kubernetes/yaml.ts';
import type { Location } from '../model.ts';
import type { BuildMessage } from './build-message.ts';
import { type FailureContext, folderOf, kustomizationIn, type Told } from './failure-place.ts';
import { patchesOf, type WrittenPatch } from './written-patches.ts';

/**
 * A patch that kustomize cannot read. It quotes all of it and does not say what is wrong;
 * what stands in it is left out here, for it may be a secret.
 */
export function unreadablePatch(read: BuildMessage, context: FailureContext): Told | undefined {
  const isMeant = /trouble configuring builtin Patch\w*Transformer/.test(read.cause);
  const source = kustomizationIn(folderOf(read, context), context.sources);
  if (!isMeant || !source) return undefined;
  const quoted = /unable to parse SM or JSON patch from \[(.*)\]/.exec(read.cause)?.[1];
  const patches = patchesOf(source, context.sources);
  const meant = patches.filter((patch) => isQuoted(patch, quoted));
  for (const patch of meant.length > 0 ? meant : patches) {
    const fault = faultOf(patch);
    if (fault) return fault;
  }
  const [patch] = meant;
  return (
    patch && {
      message: 'the patch is neither an object nor a list of operations that kustomize can read',
      fix: 'Write a part of the object, or a list of JSON 6902 operations.',
      location: patch.entry,
    }
  );
}

/** As Go quotes texts, which for nearly all of them is as JSON does. */
function isQuoted({ path, text }: WrittenPatch, quoted: string | undefined): boolean {
  return quoted === (path === undefined ? 'patch: ' : 'path: ') + JSON.stringify(path ?? text);
}

function faultOf(patch: WrittenPatch): Told | undefined {
  const { documents, problems } = readYaml(patch.text, '');
  const [problem] = problems;
  if (problem) {
    const { line, column } = problem.location;
    const before = patch.text
      .split('\n', line - 1)
      .reduce((sum, { length }) => sum + length + 1, 0);
    return {
      message: `the patch is no valid YAML: ${problem.message}`,
      fix: 'Correct the YAML at this place; often it is the indentation of the line or a missing quote.',
      location: patch.at(before + column - 1),
    };
  }
  const start = beginningOf(patch);
  if (patch.text.trimStart().startsWith('[') && !isJson(patch.text)) {
    return {
      message: 'the patch begins with "[" and is no valid JSON',
      fix: 'Put every text of it in double quotes, or write a list of YAML, an operation an item.',
      location: start,
    };
  }
  const [document] = documents;
  if (!isRecord(document)) {
    if (Array.isArray(document)) return undefined;
    const message = 'the patch is neither an object nor a list of operations';
    return { message, location: start };
  }
  const missing = [['apiVersion'], ['kind'], ['metadata', 'name']]
    .filter((path) => textAt(document, path) === undefined)
    .map((path) => path.join('.'));
  if (missing.length === 0) return undefined;
  return {
    message: `the patch has no ${missing.join(', ')}`,
    fix: 'Give the patch apiVersion, kind and metadata.name, even where a target selects the objects.',
    location: start,
  };
}

/** The first line of an inline patch says nothing without the entry that holds it. */
function beginningOf({ path, entry, at }: WrittenPatch): Location {
  return path === undefined ? entry : at(0);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
