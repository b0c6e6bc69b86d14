import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Discovery } from '../discover/discover.ts';
import { clusterFileName } from '../kubernetes/cluster-file.ts';
import { isRecord, textAt } from '../kubernetes/fields.ts';
import { counted } from '../shared/text.ts';

/** What a repository has, as far as presync wants to know. */
export interface Survey {
  /** Folders whose targets are broken on purpose or meant for nobody's cluster. */
  readonly ignore: readonly string[];
  /** Whether the team writes TypeScript. */
  readonly typescript: boolean;
  /** One line a topic, for people. */
  readonly told: readonly string[];
}

/** Tells what discovery has found, and how the repository keeps its secrets. */
export function survey(discovery: Discovery): Survey {
  const { root, targets, clusters } = discovery;
  const ignore = foldersToIgnore(targets.map(({ target }) => target.path));
  const used = targets.filter(({ target }) => !ignore.some((path) => isIn(target.path, path)));
  const synced = used.filter(({ target }) => target.syncedBy.length > 0);
  const engines = new Set(used.flatMap(({ target }) => target.engines));
  const names = [...engines].map((engine) => (engine === 'argocd' ? 'Argo CD' : 'Flux'));
  const by = names.length > 0 ? ` by ${names.sort().join(' and ')}` : '';
  return {
    ignore,
    typescript: writesTypeScript(root),
    told: [
      `${counted(used.length, 'target')}, ${synced.length} of them synced${by}`,
      ...clustersTold(clusters),
      `secrets: ${secretsTooling(discovery).join(', ') || 'no tooling seen'}`,
    ],
  };
}

function clustersTold(clusters: Discovery['clusters']): string[] {
  if (clusters.length === 0) {
    return [
      'no clusters known: every root kustomization is checked by itself',
      `Kubernetes version not said, so the newest known decides; ${option} says another`,
    ];
  }
  const names = clusters.map(({ name, kubernetes }) =>
    kubernetes ? `${name} (Kubernetes ${kubernetes})` : name,
  );
  const silent = clusters.filter(({ kubernetes }) => kubernetes === undefined);
  const told = `${counted(clusters.length, 'cluster')}: ${names.join(', ')}`;
  if (silent.length === 0) return [told];
  const files = silent.flatMap(({ file }) => descriptionIn(file));
  const [first] = files;
  const fields = silent.some(({ file }) => file === first)
    ? 'kubernetes: "1.34"'
    : 'name, environment and kubernetes: "1.34"';
  const how = first ? `${fields} in ${first}, or ${option},` : option;
  const of =
    silent.length < clusters.length ? `of ${silent.map(({ name }) => name).join(', ')} ` : '';
  return [
    told,
    `Kubernetes version ${of}not said, so the newest known decides; ${how} says another`,
  ];
}

const option = '--kubernetes-version';

/** The file that describes a cluster, or that would; none where a cluster is only guessed. */
function descriptionIn(file: string): string[] {
  if (file.endsWith(`/${clusterFileName}`)) return [file];
  return /\.ya?ml$/.test(file) ? [] : [`${file}/${clusterFileName}`];
}

const notDeployed: ReadonlySet<string> = new Set([
  'test',
  'tests',
  'testdata',
  'fixtures',
  '__fixtures__',
  'examples',
  'docs',
]);

function foldersToIgnore(paths: readonly string[]): string[] {
  const found = paths.flatMap((path) => {
    const parts = path.split('/');
    const at = parts.findIndex((part) => notDeployed.has(part));
    return at < 0 ? [] : parts.slice(0, at + 1).join('/');
  });
  return [...new Set(found)].sort();
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function secretsTooling({ root, sources }: Discovery): string[] {
  const documents = sources.flatMap((source) => source.documents);
  const groups = new Set(documents.map((one) => textAt(one, ['apiVersion'])?.split('/')[0]));
  const isEncrypted = documents.some((one) => isRecord(one) && isRecord(one.sops));
  return [
    ...(isEncrypted || existsSync(join(root, '.sops.yaml')) ? ['SOPS'] : []),
    ...(groups.has('external-secrets.io') ? ['External Secrets'] : []),
    ...(groups.has('bitnami.com') ? ['Sealed Secrets'] : []),
  ];
}

function writesTypeScript(root: string): boolean {
  if (existsSync(join(root, 'tsconfig.json'))) return true;
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return ['dependencies', 'devDependencies'].some(
      (field) => textAt(manifest, [field, 'typescript']) !== undefined,
    );
  } catch {
    return false;
  }
}
