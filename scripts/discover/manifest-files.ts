import { clusterFileName } from '../kubernetes/cluster-file.ts';
import { kustomizationNames } from '../kubernetes/kustomization.ts';

/**
 * The manifest files in a folder, and below it when `recursive`. A folder with a
 * kustomization of its own is one unit, as Flux sees it, and a Helm chart is no manifests.
 */
export function manifestFilesIn(
  files: readonly string[],
  folder: string,
  recursive: boolean,
): string[] {
  const below = files.filter((file) => isIn(file, folder));
  const units = new Set(below.filter(isUnit).map(folderOf));
  units.delete(folder);
  return below.filter((file) => {
    const name = nameOf(file);
    if (!isYaml(file) || kustomizationNames.includes(name) || name === clusterFileName)
      return false;
    if (!recursive) return folderOf(file) === folder;
    return ![...units].some((unit) => isIn(file, unit));
  });
}

/** The outermost folders below a folder that have a kustomization of their own. */
export function unitFoldersIn(files: readonly string[], folder: string): string[] {
  const units = files
    .filter((file) => isIn(file, folder) && kustomizationNames.includes(nameOf(file)))
    .map(folderOf)
    .filter((unit) => unit !== folder);
  return units.filter((unit) => !units.some((other) => other !== unit && isIn(unit, other)));
}

/** Whether a folder has a kustomization of its own. */
export function hasKustomization(files: readonly string[], folder: string): boolean {
  const prefix = folder ? `${folder}/` : '';
  return kustomizationNames.some((name) => files.includes(prefix + name));
}

/** Whether a file is in a folder or below it. */
export function isIn(file: string, folder: string): boolean {
  return folder === '' || file.startsWith(`${folder}/`);
}

/** Whether a file is YAML or JSON by its name. */
export function isYaml(file: string): boolean {
  return /\.(ya?ml|json)$/.test(file);
}

/** The folder of a file; empty for the root. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 0));
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function isUnit(file: string): boolean {
  return kustomizationNames.includes(nameOf(file)) || nameOf(file) === 'Chart.yaml';
}
