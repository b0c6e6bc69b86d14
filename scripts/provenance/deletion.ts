import { textAt } from '../kubernetes/fields.ts';
import { openLocator } from '../kubernetes/locate-field.ts';
import type { PatchEntry } from '../kubernetes/patch-entries.ts';
import { textOf } from '../kubernetes/source-text.ts';
import { nodeAt } from '../kubernetes/yaml-tree.ts';
import type { Explanation, Location, Manifest, Writing } from '../model.ts';
import { asBuilt, type CanaryContext, type TracedTarget } from './canary.ts';
import { buildCopies } from './copies.ts';
import { type Graph, graphOf } from './graph.ts';
import { relocationFor } from './relocate.ts';
import { without } from './removal.ts';
import { openFile, openInline, type SourceDocument } from './source-document.ts';

/**
 * Finds the `$patch: delete` that takes a whole object away, by building without each in
 * turn until the object is there.
 *
 * @param kind in any case
 * @param name as it would be rendered, or as it is written
 */
export async function findDeletion(
  kind: string,
  name: string,
  context: CanaryContext,
): Promise<Explanation | undefined> {
  for (const target of context.targets) {
    if (target.target.kind !== 'kustomization') continue;
    const found = await findIn(target, kind.toLowerCase(), name, context);
    if (found) return found;
  }
  return undefined;
}

async function findIn(
  given: TracedTarget,
  kind: string,
  name: string,
  outer: CanaryContext,
): Promise<Explanation | undefined> {
  const { targets, context } = asBuilt([given], outer);
  const [one] = targets;
  if (!one) return undefined;
  const graph = graphOf(one.target.path, one.input.files, context.sources);
  const plain = outer.rendered.find(({ target }) => target.name === one.target.name);
  const known = new Set(plain?.manifests.map(keyOf));
  for (const node of [...graph.nodes.values()].sort((a, b) => b.order - a.order)) {
    for (const entry of node.patches) {
      const documents = documentsOf(entry, context, outer);
      const deleting = documents.find(({ value }) => textAt(value, ['$patch']) === 'delete');
      if (!deleting) continue;
      const texts = new Map([[node.file, without(node, entry)]]);
      const [built] = await buildCopies(one.input.files, () => texts, [one], context);
      const more = (built?.manifests ?? []).filter(
        (other) => other.kind.toLowerCase() === kind && !known.has(keyOf(other)),
      );
      const written = declaredAs(name, kind, graph, context);
      const object =
        more.find((other) => other.name === name) ??
        (written && more.find((other) => other.name.includes(name)));
      if (object) return deletion(object, written, deleting.placeOf(['$patch']).location);
    }
  }
  return undefined;
}

function deletion(
  { apiVersion, kind, namespace, name }: Manifest,
  written: Writing | undefined,
  removedBy: Location,
): Explanation {
  return {
    object: { apiVersion, kind, ...(namespace && { namespace }), name },
    path: '',
    certainty: 'exact',
    chain: written ? [written] : [],
    removedBy,
  };
}

function keyOf({ apiVersion, kind, namespace, name }: Manifest): string {
  return JSON.stringify([apiVersion, kind, namespace, name]);
}

/** The documents of a patch, at their places in the files that are written. */
function documentsOf(
  { kustomization, file, inline }: PatchEntry,
  { sources, changed }: CanaryContext,
  outer: CanaryContext,
): readonly SourceDocument[] {
  const kindOf = () => 'merge patch' as const;
  const path = file ?? kustomization;
  const text = sources.get(path)?.text ?? '';
  // Most patches delete nothing, and need not be opened.
  if (!text.includes('$patch')) return [];
  if (!inline) return openFile(path, text, kindOf)?.documents ?? [];
  if (changed?.file === kustomization) {
    return relocationFor(changed, outer.sources).inline(inline, kindOf);
  }
  const opened = openFile(path, text, () => 'kustomization');
  const document = opened?.documents[0];
  if (!opened || !document?.root) return [];
  const own = textOf(document.text, nodeAt(document.root, inline));
  return own ? openInline(own, opened, kindOf) : [];
}

/** Where the object is declared. */
function declaredAs(
  name: string,
  kind: string,
  { roles }: Graph,
  { sources }: CanaryContext,
): Writing | undefined {
  for (const [file, role] of roles) {
    const source = role === 'resource' ? sources.get(file) : undefined;
    if (!source) continue;
    const index = source.documents.findIndex(
      (one) =>
        textAt(one, ['kind'])?.toLowerCase() === kind && textAt(one, ['metadata', 'name']) === name,
    );
    if (index < 0) continue;
    const { location } = openLocator(source.text, file).locate(index, ['metadata', 'name']);
    return { ...location, value: name, by: 'resource' };
  }
  return undefined;
}
