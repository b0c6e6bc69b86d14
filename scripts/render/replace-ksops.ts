import { posix } from 'node:path';
import { listAt, recordAt, textAt } from '../kubernetes/fields.ts';
import { isNamedObject, ksopsEntriesOf, ksopsSecretsOf } from '../kubernetes/ksops.ts';
import { readYaml } from '../kubernetes/yaml.ts';

/** A file for a build, from the root. */
export interface BuildFile {
  readonly file: string;
  readonly text: string;
}

/**
 * A kustomization in which the encrypted objects stand where KSOPS would put the decrypted
 * ones, so that kustomize gives them names and namespaces itself. An object whose very name
 * is encrypted is left out.
 *
 * @param text the kustomization's text
 * @param textOf any file's text, by its path from the root
 * @returns the kustomization and the files that it then needs
 */
export function replaceKsops(
  file: string,
  text: string,
  textOf: (file: string) => string | undefined,
): BuildFile[] {
  const folder = posix.dirname(file);
  const kustomization = recordAt(readYaml(text, file).documents[0], []);
  const documentsOf = (path: string) => readYaml(textOf(path) ?? '', path).documents;
  const near = (path: string) => posix.normalize(posix.join(folder, path));
  const entries = ksopsEntriesOf(kustomization, folder, documentsOf);
  const objects = entries.flatMap(({ generators }) =>
    generators.flatMap((generator) => [
      ...listAt(generator, ['files']).flatMap((one) =>
        typeof one === 'string' ? documentsOf(near(one)).filter(isNamedObject) : [],
      ),
      ...ksopsSecretsOf(generator, (path) => textOf(near(path))),
    ]),
  );
  const [changing, made] = [objects.filter(isChange), objects.filter((one) => !isChange(one))];
  const filled = (name: string, list: readonly unknown[]): BuildFile[] =>
    list.length === 0
      ? []
      : [{ file: posix.join(folder, name), text: list.map((one) => print(one)).join('---\n') }];
  const resources = filled('presync-ksops.yaml', made);
  const patches = filled('presync-ksops.patch.yaml', changing);
  const replaced = new Set(entries.map(({ index }) => index));
  const generators = listAt(kustomization, ['generators']).filter((_, at) => !replaced.has(at));
  const { generators: _, ...others } = kustomization;
  const changed = {
    ...others,
    ...(generators.length > 0 && { generators }),
    resources: [...listAt(others, ['resources']), ...resources.map(nameOf)],
    patches: [...patches.map((one) => ({ path: nameOf(one) })), ...listAt(others, ['patches'])],
  };
  return [{ file, text: print(changed) }, ...resources, ...patches];
}

const behavior = 'kustomize.config.k8s.io/behavior';

/** Whether it changes a Secret that is there, as `behavior` of a secretGenerator does. */
function isChange(object: unknown): boolean {
  const wanted = textAt(object, ['metadata', 'annotations', behavior]);
  return wanted === 'merge' || wanted === 'replace';
}

function nameOf({ file }: BuildFile): string {
  return posix.basename(file);
}

/** The comment makes it YAML, in which a mark may stand for a number. */
function print(value: unknown): string {
  return `# KSOPS is not run\n${JSON.stringify(value, undefined, 1)}\n`;
}
