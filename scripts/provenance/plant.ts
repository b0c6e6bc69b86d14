import { textOf } from '../kubernetes/source-text.ts';
import { nodeAt } from '../kubernetes/yaml-tree.ts';
import type { TargetFiles } from '../model.ts';
import type { Graph, GraphNode, Role } from './graph.ts';
import type { Kept } from './kept.ts';
import { type Relocation, relocated, relocatedInline } from './relocate.ts';
import {
  type DocumentKind,
  type OpenFile,
  openData,
  openFile,
  openInline,
  type SourceDocument,
} from './source-document.ts';
import { applyEdits, type Edit, type Splicing } from './splice.ts';
import { spliceKustomization } from './splice-kustomization.ts';
import { spliceJsonPatch, spliceMergePatch, spliceObject } from './splice-object.ts';
import type { Tokens } from './tokens.ts';
import type { Wanted } from './wanted.ts';

/** A target's files and what each is for. */
export interface Plot {
  readonly input: TargetFiles;
  readonly graph: Graph;
  /** The engine's object that gives labels and annotations after the build. */
  readonly metadata?: SourceDocument;
}

/** The files of a canary build. */
export interface Planted {
  /** New texts by file; a file that is not here is copied as it stands. */
  readonly texts: ReadonlyMap<string, string>;
  /** The documents of every file that was opened, inline patches among those of their file. */
  readonly documents: ReadonlyMap<string, readonly SourceDocument[]>;
  /** Inline patches by file and path of their entry, as `inlineKey` says. */
  readonly inline: ReadonlyMap<string, readonly SourceDocument[]>;
}

/** What names an inline patch in `Planted.inline`. */
export function inlineKey(file: string, path: readonly (string | number)[]): string {
  return `${file} ${path.join('/')}`;
}

/**
 * Puts marks into the texts of all files that a build reads.
 *
 * @param read a file's text; undefined for one that is no text
 * @param wanted which files need marks
 * @param relocation of a kustomization that an engine changes
 */
export function plant(
  plots: readonly Plot[],
  tokens: Tokens,
  kept: Kept,
  read: (file: string) => string | undefined,
  wanted: Wanted,
  relocation?: Relocation,
): Planted {
  const texts = new Map<string, string>();
  const documents = new Map<string, SourceDocument[]>();
  const inline = new Map<string, SourceDocument[]>();
  for (const [file, role] of rolesIn(plots)) {
    if (role === 'raw' || !wanted.file(file, role)) continue;
    const text = read(file);
    if (text === undefined) continue;
    const edits: Edit[] = [];
    const splicing: Splicing = { tokens, kept, edits };
    if (role === 'env' || role === 'data') {
      const document = openData(file, text);
      documents.set(file, [document]);
      edits.push(...(role === 'env' ? envEdits(document, tokens) : wholeEdit(document, tokens)));
    } else {
      const written = openFile(file, text, kindFor(role));
      if (!written) continue;
      const opened = relocated(written, relocation);
      documents.set(file, [...opened.documents]);
      for (const document of opened.documents) treatments[document.kind](document, splicing);
      const node = nodeOf(plots, file);
      const own = role === 'kustomization' && node ? node : undefined;
      const inner = own && spliceInline(own, opened, splicing, wanted, relocation);
      for (const [key, documents] of inner ?? []) inline.set(key, documents);
    }
    texts.set(file, applyEdits(text, edits));
  }
  return { texts, documents, inline };
}

function rolesIn(plots: readonly Plot[]): Map<string, Role> {
  const roles = new Map<string, Role>();
  for (const { graph } of plots) {
    for (const [file, role] of graph.roles) {
      const known = roles.get(file) ?? role;
      roles.set(file, known === role ? role : 'raw');
    }
  }
  return roles;
}

function nodeOf(plots: readonly Plot[], file: string): GraphNode | undefined {
  return plots.map(({ graph }) => graph.nodes.get(file)).find((node) => node !== undefined);
}

function kindFor(role: Role): (value: unknown) => DocumentKind {
  if (role === 'kustomization') return () => 'kustomization';
  return role === 'patch' ? patchKind : () => 'resource';
}

function patchKind(value: unknown): DocumentKind {
  return Array.isArray(value) ? 'json patch' : 'merge patch';
}

const treatments: Readonly<
  Record<DocumentKind, (document: SourceDocument, splicing: Splicing) => void>
> = {
  resource: spliceObject,
  'merge patch': spliceMergePatch,
  'json patch': spliceJsonPatch,
  kustomization: spliceKustomization,
  data: () => undefined,
};

/** Marks the patches that a kustomization holds itself. */
function spliceInline(
  node: GraphNode,
  opened: OpenFile,
  splicing: Splicing,
  wanted: Wanted,
  relocation: Relocation | undefined,
): Map<string, SourceDocument[]> {
  const inline = new Map<string, SourceDocument[]>();
  const [document] = opened.documents;
  for (const entry of node.patches) {
    const { inline: at } = entry;
    if (!wanted.patch(entry)) continue;
    if (!document?.root || !at) continue;
    const text = textOf(document.text, nodeAt(document.root, at));
    const own = text ? openInline(text, opened, patchKind) : [];
    const inner = relocatedInline(own, at, relocation, patchKind);
    for (const one of inner) treatments[one.kind](one, splicing);
    inline.set(inlineKey(node.file, at), inner);
  }
  return inline;
}

/** A mark for the value of every `KEY=value` line. */
function envEdits(document: SourceDocument, tokens: Tokens): Edit[] {
  const { text } = document.text;
  return [...text.matchAll(/^[ \t]*([^#=\s][^=\n\r]*)=([^\r\n]+)/gm)].map((match) => {
    const [line, key = '', value = ''] = match;
    const end = match.index + line.length;
    const token = { document, path: [key], value, offset: end - value.length };
    return { start: end - value.length, end, text: tokens.text(token) };
  });
}

function wholeEdit(document: SourceDocument, tokens: Tokens): Edit[] {
  const { text } = document.text;
  if (text === '') return [];
  const mark = tokens.text({ document, path: [], value: text, offset: 0 });
  return [{ start: 0, end: text.length, text: mark }];
}
