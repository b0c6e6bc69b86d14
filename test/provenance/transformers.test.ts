import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blame } from '../../scripts/provenance/blame.ts';
import { fromPointer } from '../../scripts/provenance/pointer.ts';
import { trace } from './traced.ts';
import { transformerCases } from './transformer-cases.ts';

const root = join(import.meta.dirname, 'every-transformer');
const { canary, manifests } = await trace(root, 'overlay');

test.for(transformerCases)('$transformer', ({ object, pointer, lines, certainty = 'exact' }) => {
  const manifest = manifests.find(({ kind, name }) => `${kind}/${name}`.startsWith(object));
  const found = manifest && canary.traceOf(manifest);
  if (!found) throw new Error(`no trace of ${object}`);
  const blamed = blame(found, fromPointer(pointer));
  const told = blamed.winners.map(({ location: { file, line } }) => {
    const text = readFileSync(join(root, file), 'utf8').split('\n')[line - 1] ?? '';
    return `${file} ${text.trim()}`;
  });
  expect(told.map((text, index) => text.slice(0, lines[index]?.length))).toEqual(lines);
  expect(blamed.certainty).toBe(certainty);
});
