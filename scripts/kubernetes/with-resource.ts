import { posix } from 'node:path';
import { isMap, isScalar, isSeq, yamlLibrary } from './yaml-library.ts';

/**
 * A kustomization's text with one more entry under `resources`; every other character, comments
 * too, stays as it is.
 *
 * @param path the entry, from the kustomization's folder
 * @returns undefined when the entry is there already
 */
export function withResource(text: string, path: string): string | undefined {
  const document = yamlLibrary().parseDocument(text);
  const resources = document.get('resources', true);
  const listed = isSeq(resources) ? resources.items : [];
  const names = listed.map((one) => (isScalar(one) ? posix.normalize(String(one.value)) : ''));
  if (names.includes(posix.normalize(path))) return undefined;
  const lines = text.split('\n');
  const last = listed.at(-1);
  if (isSeq(resources) && !resources.flow && isScalar(last) && last.range) {
    const index = lineOf(text, last.range[1]);
    const indent = /^ *(?=- )/.exec(lines[lineOf(text, last.range[0])] ?? '')?.[0];
    if (indent !== undefined) return inserted(lines, index, [`${indent}- ${path}`]);
  }
  if (resources === undefined && isMap(document.contents) && !document.contents.flow) {
    const first = document.contents.items.findLast(
      ({ key }) => isScalar(key) && before.has(String(key.value)),
    );
    const end = isScalar(first?.value) ? first.value.range?.[1] : undefined;
    const index =
      end === undefined ? lines.length - (text.endsWith('\n') ? 2 : 1) : lineOf(text, end);
    return inserted(lines, index, ['resources:', `  - ${path}`]);
  }
  if (isSeq(resources)) document.addIn(['resources'], path);
  else document.set('resources', [path]);
  return document.toString({ lineWidth: 0 });
}

/** The fields that stand before `resources`, in the order in which kustomize applies them. */
const before: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'namespace',
  'namePrefix',
  'nameSuffix',
]);

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

function inserted(lines: readonly string[], after: number, added: readonly string[]): string {
  const end = lines[after]?.endsWith('\r') ? '\r' : '';
  return lines.toSpliced(after + 1, 0, ...added.map((line) => line + end)).join('\n');
}
