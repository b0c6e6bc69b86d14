import { globSync } from 'node:fs';
import { UserError } from '../shared/errors.ts';
import { builtInResources } from './resources.ts';

/** What a schema is wanted for. */
export interface WantedSchema {
  readonly apiVersion: string;
  readonly kind: string;
  /** As in folder names: `v1.34.0`, or `master`. */
  readonly version: string;
}

/** Whether a location is on the network. */
export function isRemoteAddress(location: string): boolean {
  return /^https?:\/\//i.test(location);
}

/** What to tell where an address may not be asked. */
export function networkNeeded(address: string): string {
  return `the schema location ${withoutCredentials(address)} is on the network; name a local folder, or allow it with --allow network`;
}

/** An address without user and password. */
export function withoutCredentials(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//');
}

/**
 * The places where a schema location may have the schema of a kind, best first. A
 * location is a template of kubeconform (`{{.ResourceKind}}` and so on), or a folder: one
 * in kubeconform's layout, or a whole catalogue as `presync schemas` writes it.
 *
 * @throws UserError when the template names what is none of kubeconform's variables
 */
export function schemaAddresses(location: string, wanted: WantedSchema): string[] {
  if (location.endsWith('json')) return filled(location, wanted);
  const folder = location.replace(/\/+$/, '');
  const built = filled(`${folder}/${versionFolder(folder, wanted)}/${builtInFile}`, wanted);
  return [...built, ...filled(`${folder}/crds/${customFile}`, wanted)];
}

const builtInFile = '{{.ResourceKind}}{{.KindSuffix}}.json';
const customFile = '{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json';

/** A catalogue of one cluster has a single version, which decides whatever is wanted. */
function versionFolder(folder: string, wanted: WantedSchema): string {
  const template = '{{.NormalizedKubernetesVersion}}-standalone{{.StrictSuffix}}';
  if (isRemoteAddress(folder) || folder.includes('{{')) return template;
  const [only, ...others] = globSync('v*-standalone-strict', { cwd: folder });
  return only && others.length === 0 ? only : fill(template, variablesOf(wanted));
}

function filled(template: string, wanted: WantedSchema): string[] {
  const variables = variablesOf(wanted);
  if (/\.KindSuffix\b/.test(template) && looksBuiltIn(variables.Group)) return [];
  return [fill(template, variables)];
}

function fill(template: string, variables: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{(.*?)\}\}/g, (_, inside: string) => {
    const name = /^-?\s*\.(\w+)\s*-?$/.exec(inside)?.[1] ?? inside.trim();
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value !== undefined) return value;
    const known = Object.keys(variables).map((one) => `{{.${one}}}`);
    throw new UserError(
      `a schema location has no {{${inside.trim()}}}; it may have ${known.join(', ')}`,
    );
  });
}

/**
 * `KindSuffix` has only the first label of a group: by it a CronJob of `batch.example.com`
 * would be judged as one of `batch`.
 */
function looksBuiltIn(group: string): boolean {
  const [label] = group.split('.');
  const groups = Object.keys(builtInResources()).flatMap((one) => one.split('/').slice(0, -1));
  return !groups.includes(group) && groups.some((one) => one.split('.')[0] === label);
}

function variablesOf({ apiVersion, kind, version }: WantedSchema) {
  const [group, number] = apiVersion.includes('/')
    ? (apiVersion.split('/', 2) as [string, string])
    : ['', apiVersion];
  const suffix = group === '' ? `-${number}` : `-${group.split('.')[0]}-${number}`;
  return {
    NormalizedKubernetesVersion: version,
    StrictSuffix: '-strict',
    ResourceKind: segment(kind.toLowerCase()),
    ResourceAPIVersion: segment(number),
    Group: segment(group),
    KindSuffix: segment(suffix),
  };
}

/** What manifests say may be anything, and must not lead out of the location. */
function segment(text: string): string {
  return /^(?!.*\.\.)[\w.-]*$/.test(text) ? text : '_';
}
