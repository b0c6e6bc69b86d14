import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Discovery } from '../discover/discover.ts';
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
  if (clusters.length === 0)
    return ['no clusters known: every root kustomization is checked by itself'];
  const names = clusters.map(({ name, kubernetes }) =>
    kubernetes ? `${name} (Kubernetes ${kubernetes})` : name,
  );
  const silent = clusters.filter(({ kubernetes }) => kubernetes === undefined);
  const hint = silent.length > 0 ? '; no Kubernetes version said, so the newest known decides' : '';
  return [`${counted(clusters.length, 'cluster')}: ${names.join(', ')}${hint}`];
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
