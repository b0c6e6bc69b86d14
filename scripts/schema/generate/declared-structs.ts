import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A struct as the declarations of a package have it: every field, embedded ones too. */
export interface Declaration {
  /** Type of each field as written, on one line. */
  readonly fields: Readonly<Record<string, string>>;
  /** Present when objects of this kind stand for themselves. */
  readonly apiVersion?: string;
  readonly kind?: string;
}

/** All structs that a package of the kubernetes-models family declares, by their full name. */
export function declaredStructs(folder: string): Map<string, Declaration> {
  const declared = new Map<string, Declaration>();
  for (const file of globSync('**/*.d.ts', { cwd: folder }).sort()) {
    if (file.startsWith('_schemas') || file.startsWith('node_modules')) continue;
    const text = readFileSync(join(folder, file), 'utf8').replace(/\/\*\*[\s\S]*?\*\//g, '');
    const name = /^export type \{ I(?:\w+) as I(\w+)/m.exec(text)?.[1];
    if (name) declared.set(name, declarationOf(text));
  }
  return declared;
}

/** From the class, which lists embedded fields too; a mere name for another type has none. */
function declarationOf(text: string): Declaration {
  const body = /^export declare class [^{]*\{\n([\s\S]*?)^\}/m.exec(text)?.[1] ?? '';
  const fields: Record<string, string> = {};
  for (const [, name = '', type = ''] of body.matchAll(
    /^ {4}"([^"]+)"\??: ([\s\S]*?);$(?! {8})/gm,
  )) {
    fields[name] = type.replace(/\s+/g, ' ');
  }
  const head = /^export interface [^{]*\{\n([\s\S]*?)^\}/m.exec(text)?.[1] ?? '';
  const apiVersion = /^ {4}"apiVersion": "([^"]+)";/m.exec(head)?.[1];
  const kind = /^ {4}"kind": "([^"]+)";/m.exec(head)?.[1];
  return { fields, ...(apiVersion && kind ? { apiVersion, kind } : {}) };
}
