import { textAt, valueAt } from '../kubernetes/fields.ts';
import { matches } from '../kubernetes/patch-target.ts';
import type { FieldPath } from '../model.ts';
import { patchDocuments } from './applied-patches.ts';
import { fromPointer } from './pointer.ts';
import type { SourceDocument } from './source-document.ts';
import type { Trace } from './trace.ts';
import type { Writer } from './writer.ts';

/**
 * Whether what writes a value is a Secret's, wherever the value ends up: `replacements` carry
 * it into any object.
 */
export function isSecretSource({ document, path }: Writer, trace: Trace): boolean {
  const { plot } = trace;
  switch (document.kind) {
    case 'kustomization':
      return path[0] === 'secretGenerator';
    case 'data': {
      const uses = plot.graph.dataUses.get(document.file) ?? [];
      return uses.some((use) => use.path[0] === 'secretGenerator');
    }
    case 'json patch': {
      const pointer = textAt(document.value, [...path.slice(0, 1), 'path']) ?? '';
      const [top] = fromPointer(pointer);
      return top === 'stringData' || (top === 'data' && isForSecrets(document, trace));
    }
    default: {
      const at = path[0] === 'items' ? path.slice(0, 2) : [];
      const isSecret = textAt(valueAt(document.value, at), ['kind']) === 'Secret';
      return isSecret && isSecretField(path.slice(at.length));
    }
  }
}

/** Whether a JSON patch may be for Secrets: only a target's kind says that it is not. */
function isForSecrets(document: SourceDocument, { plot, planted }: Trace): boolean {
  return [...plot.graph.nodes.values()].some(({ patches }) =>
    patches.some(
      (entry) =>
        matches(textAt(entry.target, ['kind']), 'Secret') &&
        patchDocuments(entry, { planted }).includes(document),
    ),
  );
}

function isSecretField([top]: FieldPath): boolean {
  return top === 'data' || top === 'stringData';
}
