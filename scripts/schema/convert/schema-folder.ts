import { globSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { readCrds } from '../read-crds.ts';
import { crdFiles } from './crd-files.ts';

/**
 * What a folder knows of schemas, as files of a catalogue: its CRDs, and JSON schemas in
 * kubeconform's layout (`v1.34.0-standalone-strict/`) or that of the public catalogue of
 * CRDs (`<group>/<kind>_<version>.json`).
 *
 * @throws UserError when it has neither
 */
export function schemaFolderFiles(folder: string): Map<string, string> {
  const files = crdFiles(readCrds(folder));
  if (!statSync(folder).isDirectory()) return files;
  for (const path of globSync('**/*.json', { cwd: folder }).sort()) {
    const parts = path.replaceAll('\\', '/').split('/');
    const [group = '', name = ''] = parts.slice(-2);
    const version = parts.find((part) => /^v\d+\.\d+\.\d+-standalone-strict$/.test(part));
    const text = () => readFileSync(join(folder, path), 'utf8').trimEnd();
    if (version) files.set(`${version}/${basename(path)}`, text());
    else if (isCustom(group, name)) files.set(`crds/${group}/${name}`, text());
  }
  if (files.size > 0) return files;
  throw new UserError(`${folder} holds neither CRDs nor JSON schemas`);
}

function isCustom(group: string, name: string): boolean {
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(group) && /^(\w+_v\w+|_\w+)\.json$/.test(name);
}
