import { manifestsOf } from '../../scripts/kubernetes/manifests.ts';
import { readYaml } from '../../scripts/kubernetes/yaml.ts';
import type { Manifest } from '../../scripts/model.ts';
import {
  type Applications,
  applicationsOf,
} from '../../scripts/sync/application-set/applications.ts';
import type { RegisteredCluster } from '../../scripts/sync/application-set/set-context.ts';

/** What an ApplicationSet is expanded with in a test. */
export interface Surroundings {
  readonly files?: Readonly<Record<string, string>>;
  readonly registered?: readonly RegisteredCluster[];
}

/** The only manifest in a text. */
export function manifestIn(text: string): Manifest {
  const { documents, problems } = readYaml(text, 'set.yaml');
  const [manifest] = manifestsOf(documents, { origin: { file: 'set.yaml' } });
  if (!manifest || problems.length > 0) throw new Error(`no manifest: ${problems[0]?.message}`);
  return manifest;
}

/** Expands an ApplicationSet of the repository `https://git.example.com/own.git`. */
export function expandSet(
  text: string,
  { files = {}, registered = [] }: Surroundings = {},
): Applications {
  return applicationsOf(manifestIn(text), {
    files: Object.keys(files).sort(),
    read: (path) => {
      const own = files[path];
      if (own === undefined) return undefined;
      const { documents, problems } = readYaml(own, path);
      return { path, text: own, documents, syntaxProblems: problems };
    },
    isOwn: (url) => url === 'https://git.example.com/own.git',
    registered,
  });
}

/** An ApplicationSet with these lines of `spec`; the template has a name and a path. */
export function setWith(spec: string, name: string, path = 'apps'): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all, namespace: argocd }
spec:
${indented(spec)}
  template:
    metadata: { name: ${JSON.stringify(name)} }
    spec:
      project: default
      source: { repoURL: https://git.example.com/own.git, path: ${JSON.stringify(path)} }
      destination: { server: https://kubernetes.default.svc, namespace: default }
`;
}

function indented(text: string): string {
  return text
    .replace(/^\n/, '')
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

/** What comes out: `name path` of each Application, and `kind: message` of each problem. */
export function told({ applications, problems }: Applications): string[] {
  return [
    ...applications.map(({ manifest }) => {
      const { source } = manifest.data.spec as { source?: { path?: string } };
      return `${manifest.name} ${source?.path}`;
    }),
    ...problems.map(
      ({ kind, message }) => `${kind}: ${message.replace(/^ApplicationSet argocd\/all: /, '')}`,
    ),
  ];
}
