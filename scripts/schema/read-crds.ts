import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { manifestsOf } from '../kubernetes/manifests.ts';
import { readYaml } from '../kubernetes/yaml.ts';
import type { Manifest } from '../model.ts';
import { UserError } from '../shared/errors.ts';

/**
 * The CustomResourceDefinitions in a folder's YAML and JSON files, or in one file. Files
 * that name none are not read.
 *
 * @throws UserError when there is no such folder, or a file with a CRD is no YAML
 */
export function readCrds(path: string): Manifest['data'][] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new UserError(`there are no CRDs at ${path}: it does not exist`);
  const files = stats.isFile()
    ? [path]
    : globSync('**/*.{yaml,yml,json}', { cwd: path })
        .sort()
        .map((file) => join(path, file));
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    if (!text.includes('CustomResourceDefinition')) return [];
    const { documents, problems } = readYaml(text, file);
    const [problem] = problems;
    if (problem) {
      throw new UserError(`${file}:${problem.location.line} is no YAML: ${problem.message}`);
    }
    return manifestsOf(documents, {})
      .filter(({ kind }) => kind === 'CustomResourceDefinition')
      .map(({ data }) => data);
  });
}
