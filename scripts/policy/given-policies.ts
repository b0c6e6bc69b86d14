import { readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { openLocator } from '../kubernetes/locate-field.ts';
import { manifestsOf } from '../kubernetes/manifests.ts';
import { maximumBytes, readYaml } from '../kubernetes/yaml.ts';
import type { FieldPath, Location, Manifest } from '../model.ts';
import { UserError } from '../shared/errors.ts';
import { type FoundBinding, findPolicies, type PolicySet } from './find-policies.ts';
import { yamlFilesIn } from './yaml-files.ts';

/** Policies that were named for a run, with the files they are in. */
export interface GivenPolicies {
  readonly set: PolicySet;
  /** Where a field of one of them is written; undefined for all other manifests. */
  readonly locate: (manifest: Manifest, path: FieldPath) => Location | undefined;
}

/** No policies. */
export const noPolicies: GivenPolicies = { set: findPolicies([]), locate: () => undefined };

/**
 * Reads the policies, bindings and parameters in folders and files, wherever they are. Tests of
 * policies, kustomizations and what is no Kubernetes object are passed over.
 *
 * @param paths absolute
 * @param root what locations start from
 * @throws UserError when there is no such path, no policy in it, or a file is no YAML
 */
export function readPolicies(paths: readonly string[], root: string): GivenPolicies {
  const files = new Map<Manifest, { readonly file: string; readonly text: string }>();
  const places = new Map<Manifest, number>();
  for (const path of paths) {
    const before = files.size;
    for (const absolute of filesAt(path)) {
      const file = relative(root, absolute).replaceAll('\\', '/');
      const text = readFileSync(absolute, 'utf8');
      if (!/^\s*"?kind"?:/m.test(text) && !text.trimStart().startsWith('{')) continue;
      const { documents, problems } = readYaml(text, file);
      const [problem] = problems;
      if (problem) {
        throw new UserError(`${file}:${problem.location.line} is no YAML: ${problem.message}`);
      }
      for (const [place, document] of documents.entries()) {
        for (const manifest of manifestsOf([document], { origin: { file } })) {
          files.set(manifest, { file, text });
          places.set(manifest, place);
        }
      }
    }
    const added = [...files.keys()].slice(before);
    const { policies, kyverno } = findPolicies(added);
    if (policies.length + kyverno.length === 0) {
      throw new UserError(
        `there is no ValidatingAdmissionPolicy in ${relative(root, path) || path}`,
      );
    }
  }
  return {
    set: findPolicies([...files.keys()]),
    locate(manifest, path) {
      const found = files.get(manifest);
      return (
        found &&
        openLocator(found.text, found.file).locate(places.get(manifest) ?? 0, path).location
      );
    },
  };
}

/** The bindings of given policies; those that have none are bound everywhere, as errors. */
export function givenBindings({ set }: GivenPolicies): Pick<FoundBinding, 'name' | 'spec'>[] {
  const names = new Set(set.bindings.map(({ spec }) => spec.policyName));
  const unbound = set.policies.filter(({ name }) => !names.has(name));
  return [
    ...set.bindings,
    ...unbound.map(({ name, spec: { paramKind } }) => ({
      name: `${name} everywhere`,
      spec: {
        policyName: name,
        validationActions: ['Deny' as const],
        // All parameters of the kind that stand beside it, in whatever namespace.
        ...(paramKind && { paramRef: { anyNamespace: true as const, selector: {} } }),
      },
    })),
  ];
}

function filesAt(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new UserError(`there are no policies at ${path}: it does not exist`);
  const files = stats.isFile() ? [path] : yamlFilesIn(path).map((file) => join(path, file));
  return files.filter(
    (file) =>
      !/^(tests|kustomization)\.ya?ml$/.test(basename(file)) && statSync(file).size <= maximumBytes,
  );
}
