import { toPointer } from '../kubernetes/fields.ts';
import { nodeAt } from '../kubernetes/yaml-tree.ts';
import type { Reach } from '../model.ts';
import { blame } from './blame.ts';
import { leavesOf } from './leaves.ts';
import type { Trace } from './trace.ts';
import type { Writer } from './writer.ts';

/** The fields of an object that a line of a file sets, alone or with others. */
export function reachOf(trace: Trace, file: string, line: number): Reach[] {
  const { target, apiVersion, kind, namespace, name } = trace.manifest;
  const object = { apiVersion, kind, ...(namespace && { namespace }), name };
  return leavesOf(trace.manifest.data, []).flatMap((path) => {
    const { winners, overridden, certainty } = blame(trace, path);
    // What is not proven may be somebody else's line.
    if (certainty !== 'exact') return [];
    const variables = winners.flatMap(
      ({ value }) => trace.substitution?.definitions(String(value)) ?? [],
    );
    const isVariable = variables.some(({ place }) => place.file === file && place.line === line);
    // By its name an image is found, so that every line that gives it one decides.
    const writers = path.at(-1) === 'image' ? [...winners, ...overridden] : winners;
    if (!isVariable && !writers.some((writer) => isOn(writer, file, line))) return [];
    const clusters = target?.clusters ?? [];
    return [{ target: target?.name ?? '', clusters, object, path: toPointer(path) }];
  });
}

/** A text may go on for several lines, and a whole file for all of its own. */
function isOn({ document, path, location }: Writer, file: string, line: number): boolean {
  if (location.file !== file || line < location.line) return false;
  if (location.line === line) return true;
  if (document.isElsewhere) return false;
  if (document.kind === 'data') return path.length === 0;
  const node = document.root && nodeAt(document.root, path);
  if (!node) return false;
  const end = document.locationAt(document.text.endOf(node.end) - 1);
  return line <= end.line;
}
