import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPlacedBlocks } from '../../scripts/kubernetes/block-reader.ts';
import { libraryTree } from '../../scripts/kubernetes/library-tree.ts';
import { openLocations, openYaml } from '../../scripts/kubernetes/open-yaml.ts';
import { parseDocuments } from '../../scripts/kubernetes/yaml.ts';
import { yamlLibrary } from '../../scripts/kubernetes/yaml-library.ts';
import { documentValue } from '../../scripts/kubernetes/yaml-nodes.ts';
import { nodeAt, offsetOf, type YamlNode } from '../../scripts/kubernetes/yaml-tree.ts';
import { root } from '../repository.ts';

/** What the full parser says of a text; undefined where Kubernetes refuses it. */
function fully(text: string): { value: unknown; root: YamlNode }[] | undefined {
  const documents = parseDocuments(text, new (yamlLibrary().LineCounter)());
  const read = documents.map((one) => ({ one, ...documentValue(one) }));
  if (read.some(({ one, faults }) => one.errors.length + faults.length > 0)) return undefined;
  return read
    .filter(({ value }) => value !== null)
    .map(({ one, value }) => ({ value, root: withoutEnds(libraryTree(one, 0)) }));
}

/** Where a collection ends is nobody's question. What is not written has no place of its own. */
function withoutEnds(node: YamlNode): YamlNode {
  if (node.is === 'map') {
    const entries = node.entries.map((entry) => ({ ...entry, value: withoutEnds(entry.value) }));
    return { ...node, end: 0, entries };
  }
  if (node.is === 'list') return { ...node, end: 0, items: node.items.map(withoutEnds) };
  return node.start === node.end ? { ...node, start: 0, end: 0 } : node;
}

function quickly(text: string): { value: unknown; root: YamlNode }[] | undefined {
  return readPlacedBlocks(text, 0)?.map((one) => ({ ...one, root: withoutEnds(one.root) }));
}

describe('places that are read quickly are those of the full parser', () => {
  test('in every file of this repository', () => {
    const files = globSync('{base,overlays,clusters,policies,test/golden}/**/*.yaml', {
      cwd: root,
    });
    expect(files.length).toBeGreaterThan(300);
    for (const file of files) {
      const text = readFileSync(join(root, file), 'utf8');
      expect(quickly(text), file).toEqual(fully(text));
    }
  });

  const piece = fc.constantFrom(
    ...['a', 'b: ', 'c: 1', '- ', '[', ']', '{', '}', ', ', ',', ': ', ':', '"', "'", '"x y"'],
    ...[
      "'it''s'",
      '#',
      ' # c',
      '\n',
      '\n  ',
      '\n    ',
      '\n- ',
      ' ',
      '-',
      'x y',
      '0644',
      'yes',
      '~',
    ],
    ...['|', '>', '>-', '|+', '&x ', '*x', '!t ', '%', '@', '\\', '/bin/sh', '-c', 'a=b', '\n\n'],
  );
  const flow = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('a', 'x y', '1', '0644', 'no', '"x, y"', "'it''s'", '""', '-c', 'a/b=c', '~'),
      fc.array(tie('value'), { maxLength: 3 }).map((all) => `[${all.join(', ')}]`),
      fc
        .uniqueArray(fc.tuple(fc.constantFrom('a', 'b c', '"d"', 'yes', '1'), tie('value')), {
          maxLength: 3,
          selector: ([key]) => key,
        })
        .map((all) => `{ ${all.map(([key, value]) => `${key}: ${value}`).join(',')} }`),
    ),
  })).value as fc.Arbitrary<string>;

  test.for([
    [
      'anything',
      fc.array(piece, { minLength: 1, maxLength: 14 }).map((all) => `${all.join('')}\n`),
    ],
    ['a value', fc.array(piece, { maxLength: 8 }).map((all) => `k: ${all.join('')}\nl: m\n`)],
    ['an item', fc.array(piece, { maxLength: 8 }).map((all) => `k:\n  - ${all.join('')}\n`)],
    ['a block', fc.array(piece, { maxLength: 9 }).map((all) => `k: >-\n  ${all.join('')}\nl: m\n`)],
    ['brackets', flow.map((value) => `k: ${value} # c\nl:\n  - ${value}\n`)],
  ] as const)('in %s', ([, texts]) => {
    let read = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const quick = quickly(text);
        if (!quick) return;
        read++;
        expect(quick).toEqual(fully(text));
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(read).toBeGreaterThan(100);
  });
});

test('an odd document among others keeps its place', () => {
  const text = 'a: 1\n---\nb: &x {\n  c: d}\ne: *x\n---\nf: [g, h]\n';
  const [, odd, last] = openYaml(text);
  const locationAt = openLocations(text, 'a.yaml');
  const placeOf = (node: YamlNode | undefined, path: readonly (string | number)[]) =>
    node && locationAt(offsetOf(node, path).offset);
  expect(placeOf(odd?.root, ['b', 'c'])).toEqual({ file: 'a.yaml', line: 4, column: 6 });
  expect(placeOf(odd?.root, ['e', 'c'])).toEqual({ file: 'a.yaml', line: 4, column: 6 });
  expect(placeOf(last?.root, ['f', 1])).toEqual({ file: 'a.yaml', line: 7, column: 8 });
  expect(odd && nodeAt(odd.root, ['e', 'c'])).toBeUndefined();
});
