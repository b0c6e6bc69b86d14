import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { valueAt } from '../kubernetes/fields.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { UserError } from '../shared/errors.ts';
import { chooseVersion, schemasFolder } from './catalogue.ts';
import { crdFiles } from './convert/crd-files.ts';
import { writeCatalogue } from './convert/write-catalogue.ts';
import type { Judge, JudgeOptions } from './judge.ts';
import { type KubeconformResult, runKubeconform } from './kubeconform.ts';
import type { SchemaProblem } from './problems.ts';
import { isRemoteAddress, networkNeeded } from './schema-address.ts';
import { defaultLocation } from './validators.ts';

/**
 * Judges by the real kubeconform and the same schemas; CRDs become files for it.
 *
 * @throws UserError when kubeconform is not installed
 */
export async function kubeconformJudge(options: JudgeOptions): Promise<Judge> {
  const { manifests, crds, kubernetes, choice } = options;
  const decided = chooseVersion(kubernetes).kubernetes;
  const { locations = [defaultLocation], network = false } = choice;
  const remote = locations.find(isRemoteAddress);
  if (remote && !network) throw new UserError(networkNeeded(remote));
  const own = await mkdtemp(join(tmpdir(), 'presync-crds-'));
  try {
    writeCatalogue(own, crdFiles(crds));
    const results = await runKubeconform(
      manifests.map(({ data }) => data),
      {
        version: fullVersion(kubernetes ?? decided),
        locations: [own, ...locations].flatMap((location) => templatesOf(location, decided)),
      },
    );
    const byManifest = new Map(manifests.map((one, index) => [one, results[index]]));
    return (manifest) => {
      const result = byManifest.get(manifest);
      return result && problemsIn(result, manifest);
    };
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** Our own folders have custom resources too, which kubeconform wants to be told apart. */
function templatesOf(location: string, minor: string): string[] {
  if (location.endsWith('json') || isRemoteAddress(location)) return [location];
  const folder = location === defaultLocation ? schemasFolder : resolve(location);
  const versions =
    location === defaultLocation ? `v${minor}.0` : '{{.NormalizedKubernetesVersion}}';
  return [
    `${folder}/${versions}-standalone{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json`,
    `${folder}/crds/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json`,
  ];
}

/** kubeconform takes no minors. */
function fullVersion(version: string): string {
  const plain = version.replace(/^v/, '');
  return /^\d+\.\d+$/.test(plain) ? `${plain}.0` : plain;
}

function problemsIn(
  { status, message, errors }: KubeconformResult,
  { data }: Manifest,
): readonly SchemaProblem[] | undefined {
  if (status === 'valid' || status === 'skipped') return [];
  if (status === 'invalid') {
    return errors.map(({ path, message: reason }) => ({
      path: pathOf(path, data),
      message: `kubeconform: ${reason}`,
    }));
  }
  if (message.startsWith('could not find schema')) return undefined;
  return [{ path: [], message: `kubeconform: ${message}` }];
}

function pathOf(pointer: string, data: unknown): FieldPath {
  const path: (string | number)[] = [];
  for (const escaped of pointer.split('/').slice(1)) {
    const name = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(valueAt(data, path)) ? Number(name) : name);
  }
  return path;
}
