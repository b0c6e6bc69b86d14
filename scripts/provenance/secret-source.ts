import { textAt, valueAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import { fromPointer } from './pointer.ts';
import type { Trace } from './trace.ts';
import type { Writer } from './writer.ts';

/**
 * Whether what writes a value is a Secret's, wherever the value ends up: `replacements` carry
 * it into any object.
 */
export function isSecretSource({ document, path }: Writer, { plot }: Trace): boolean {
  switch (document.kind) {
    case 'kustomization':
      return path[0] === 'secretGenerator';
    case 'data': {
      const uses = plot.graph.dataUses.get(document.file) ?? [];
      return uses.some((use) => use.path[0] === 'secretGenerator');
    }
    case 'json patch': {
      const pointer = textAt(document.value, [...path.slice(0, 1), 'path']) ?? '';
      return fromPointer(pointer)[0] === 'stringData';
    }
    default: {
      const at = path[0] === 'items' ? path.slice(0, 2) : [];
      const isSecret = textAt(valueAt(document.value, at), ['kind']) === 'Secret';
      return isSecret && isSecretField(path.slice(at.length));
    }
  }
}

function isSecretField([top]: FieldPath): boolean {
  return top === 'data' || top === 'stringData';
}
