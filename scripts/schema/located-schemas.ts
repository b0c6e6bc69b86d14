import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isRecord } from '../kubernetes/fields.ts';
import { UserError } from '../shared/errors.ts';
import { newCompiler, withoutBranches } from './crd-checks.ts';
import { type AjvSchema, ajvSchema } from './json-schema.ts';
import type { CompiledCheck } from './problems.ts';
import {
  isRemoteAddress,
  networkNeeded,
  schemaAddresses,
  type WantedSchema,
  withoutCredentials,
} from './schema-address.ts';

export interface LocatedSchemasOptions {
  /** Templates or folders, absolute, best first; none of them is `default`. */
  readonly location: string;
  readonly kinds: Iterable<Pick<WantedSchema, 'apiVersion' | 'kind'>>;
  /** As in folder names: `v1.34.0`. */
  readonly version: string;
  /** Whether addresses on the network may be asked. */
  readonly network: boolean;
}

/**
 * The checks of those kinds that a schema location has a schema for, by `apiVersion/Kind`.
 * Nothing is fetched without permission.
 *
 * @throws UserError when the location is no template, a schema is no JSON, or the network
 * is needed and not allowed
 */
export async function locatedSchemas(
  options: LocatedSchemasOptions,
): Promise<Map<string, CompiledCheck>> {
  const { location, version, network } = options;
  const checks = new Map<string, CompiledCheck>();
  const documents = new Map<string, AjvSchema | undefined>();
  for (const { apiVersion, kind } of options.kinds) {
    const name = `${apiVersion}/${kind}`;
    if (checks.has(name)) continue;
    for (const address of schemaAddresses(location, { apiVersion, kind, version })) {
      const check = await checkAt(toUrl(address));
      if (!check) continue;
      checks.set(name, check);
      break;
    }
  }
  return checks;

  async function checkAt(address: string): Promise<CompiledCheck | undefined> {
    const needed = new Map<string, AjvSchema>();
    const open = [address];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (!documents.has(next)) documents.set(next, await read(next, network));
      const schema = documents.get(next);
      if (!schema) {
        if (next === address) return undefined;
        throw new UserError(`${shown(address)} refers to ${shown(next)}, which is not there`);
      }
      needed.set(next, schema);
      for (const other of documentsIn(schema)) if (!needed.has(other)) open.push(other);
    }
    return compiled(address, needed);
  }
}

/** A schema that cannot be compiled is one that is not there, as for kubeconform. */
function compiled(
  address: string,
  documents: ReadonlyMap<string, AjvSchema>,
): CompiledCheck | undefined {
  const ajv = newCompiler();
  try {
    for (const [name, schema] of documents) ajv.addSchema(schema, name);
    const validate = ajv.getSchema(address);
    return validate && withoutBranches(validate as never);
  } catch {
    return undefined;
  }
}

/** The documents that a schema's references lead to. */
function documentsIn(schema: unknown): Set<string> {
  const found = new Set<string>();
  const open: unknown[] = [schema];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    for (const [key, value] of Object.entries(node)) {
      if (key === '$ref' && typeof value === 'string') found.add(value.split('#')[0] as string);
      else open.push(value);
    }
  }
  return found;
}

async function read(address: string, network: boolean): Promise<AjvSchema | undefined> {
  const text = isRemoteAddress(address) ? await fetched(address, network) : await fileText(address);
  if (text === undefined) return undefined;
  try {
    const schema: unknown = JSON.parse(text);
    if (isRecord(schema)) return ajvSchema(schema, address);
  } catch {
    // Told below, whichever of both it was.
  }
  throw new UserError(`the schema ${shown(address)} is no JSON object`);
}

async function fileText(address: string): Promise<string | undefined> {
  try {
    return await readFile(new URL(address), 'utf8');
  } catch {
    return undefined;
  }
}

const patienceMs = 10_000;

async function fetched(address: string, network: boolean): Promise<string | undefined> {
  if (!network) throw new UserError(networkNeeded(address));
  let status: string;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(patienceMs) });
    if (response.ok) return await response.text();
    if (response.status === 404) return undefined;
    status = `answered ${response.status}`;
  } catch {
    status = 'does not answer';
  }
  throw new UserError(`the schema location ${shown(address)} ${status}`);
}

function toUrl(address: string): string {
  return isRemoteAddress(address) ? address : pathToFileURL(resolve(address)).href;
}

function shown(address: string): string {
  return withoutCredentials(address.replace(/^file:\/\//, ''));
}
