import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseVersion, schemasFolder } from './catalogue.ts';

/** How the API server names and keeps the objects of a kind. */
export interface Resource {
  /** As in its address: `deployments`. */
  readonly plural: string;
  /** Whether its objects live in a namespace. */
  readonly namespaced: boolean;
}

/** Kinds by apiVersion; those without a resource are lists. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Partial<Resource>>>>>;

/** The resource of a kind in that Kubernetes version, or of a bundled custom one. */
export function resourceOf(
  apiVersion: string,
  kind: string,
  kubernetes?: string,
): Resource | undefined {
  const known = builtInResources(kubernetes)[apiVersion] ?? crdResources()[apiVersion];
  const found = known && Object.hasOwn(known, kind) ? known[kind] : undefined;
  return found?.plural === undefined ? undefined : (found as Resource);
}

/** All kinds that Kubernetes itself has in that version, or in the nearest one known. */
export function builtInResources(kubernetes?: string): Resources {
  return read(`v${chooseVersion(kubernetes).kubernetes}.0-standalone-strict`);
}

/** All custom kinds whose schemas are bundled. */
export function crdResources(): Resources {
  return read('crds');
}

const files = new Map<string, Resources>();

function read(folder: string): Resources {
  const known = files.get(folder);
  if (known) return known;
  const text = readFileSync(join(schemasFolder, folder, '_resources.json'), 'utf8');
  // Without a prototype, since what is looked up comes from manifests.
  const resources: Resources = Object.assign(Object.create(null), JSON.parse(text));
  files.set(folder, resources);
  return resources;
}
