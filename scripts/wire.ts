import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Document, parseDocument, visit } from 'yaml';
import { groupOf, manifestsOf } from './kubernetes/manifests.ts';
import { readYaml } from './kubernetes/yaml.ts';
import { build, findKustomize } from './kustomize.ts';
import type { Manifest } from './model.ts';
import { UserError } from './shared/errors.ts';

/**
 * Wires an app into every cluster whose overlay it has: an Application, an AppProject that
 * allows exactly what the overlay renders, and a Flux Kustomization, each in the manner of
 * an app that is wired already. Files that exist are left alone.
 *
 * @param root repository root
 * @returns the files written, from the root
 * @throws UserError when the app has no overlay, or no app is there to take the manner from
 */
export async function wire(root: string, app: string): Promise<string[]> {
  const overlays = globSync(`overlays/*/${app}/kustomization.yaml`, { cwd: root }).sort();
  if (overlays.length === 0) throw new UserError(`there is no overlays/<environment>/${app}`);
  const written: string[] = [];
  for (const overlay of overlays) {
    const environment = overlay.split('/')[1] ?? '';
    const manifests = await rendered(join(root, dirname(overlay)));
    for (const file of ['argocd/apps', 'argocd/projects', 'flux/apps']) {
      const folder = join('clusters', environment, file);
      const path = join(folder, `${app}.yaml`);
      if (existsSync(join(root, path))) continue;
      mkdirSync(join(root, folder), { recursive: true });
      const model = modelFor(root, environment);
      const text = readFileSync(join(root, folder, `${model}.yaml`), 'utf8');
      writeFileSync(join(root, path), rewritten(text, model, app, manifests));
      written.push(path);
    }
  }
  return written;
}

async function rendered(folder: string): Promise<Manifest[]> {
  const { documents } = readYaml(await build(await findKustomize(), folder), folder);
  return manifestsOf(documents, {});
}

/** The first app that both engines sync in this cluster. */
function modelFor(root: string, environment: string): string {
  const apps = globSync(`clusters/${environment}/flux/apps/*.yaml`, { cwd: root })
    .map((path) => path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length))
    .filter((app) => existsSync(join(root, `clusters/${environment}/argocd/projects/${app}.yaml`)))
    .filter((app) => existsSync(join(root, `clusters/${environment}/argocd/apps/${app}.yaml`)));
  const [first] = apps.sort();
  if (!first)
    throw new UserError(`clusters/${environment} syncs no app whose wiring could be taken`);
  return first;
}

function rewritten(
  text: string,
  model: string,
  app: string,
  manifests: readonly Manifest[],
): string {
  const document = parseDocument(text);
  // What the comments say is true of the other app.
  visit(document, {
    Node: (_, node) => {
      delete node.comment;
      delete node.commentBefore;
    },
  });
  replaceTexts(document, model, app);
  const namespace = manifests.find(({ kind }) => kind === 'Namespace')?.name ?? app;
  if (document.get('kind') === 'Application')
    document.setIn(['spec', 'destination', 'namespace'], namespace);
  if (document.get('kind') === 'AppProject') allow(document, app, namespace, manifests);
  return document.toString({ lineWidth: 100 });
}

/** A name, or a path that ends with it; never a part of another word. */
function replaceTexts(document: Document, model: string, app: string): void {
  visit(document, {
    Scalar: (_, node) => {
      const text = node.value;
      if (text === model) node.value = app;
      else if (typeof text === 'string' && text.endsWith(`/${model}`)) {
        node.value = text.slice(0, -model.length) + app;
      }
    },
  });
}

function allow(
  project: Document,
  app: string,
  namespace: string,
  manifests: readonly Manifest[],
): void {
  const isWide = ({ namespace: own }: Manifest) => own === undefined;
  project.setIn(['spec', 'description'], `The app ${app}`);
  project.setIn(['spec', 'destinations', 0, 'namespace'], namespace);
  project.setIn(['spec', 'clusterResourceWhitelist'], kindsOf(manifests.filter(isWide)));
  project.setIn(
    ['spec', 'namespaceResourceWhitelist'],
    kindsOf(manifests.filter((one) => !isWide(one))),
  );
}

function kindsOf(manifests: readonly Manifest[]): { group: string; kind: string }[] {
  const kinds = new Map(
    manifests.map(({ apiVersion, kind }) => {
      const group = groupOf(apiVersion);
      return [`${group}/${kind}`, { group, kind }];
    }),
  );
  return [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

if (import.meta.main) {
  const [app = '--help'] = process.argv.slice(2);
  try {
    if (app.startsWith('-')) console.log('npm run wire -- <app>');
    else for (const path of await wire(resolve(import.meta.dirname, '..'), app)) console.log(path);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(`error: ${error.message}`);
    process.exitCode = 2;
  }
}
