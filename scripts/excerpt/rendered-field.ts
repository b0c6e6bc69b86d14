import { toPointer } from '../kubernetes/fields.ts';
import type { Manifest, RenderedField } from '../model.ts';
import { linesOf, type YamlLine } from '../provenance/annotate.ts';
import { shownData } from '../provenance/mask.ts';
import { mask } from '../secrets/masked.ts';

/** How many lines are shown before and after the field. */
const around = 4;
/** No reader wants more of one line. */
const longest = 500;

/**
 * The lines around a field of a rendered object, and those that hold it.
 *
 * @param target that rendered it
 * @param pointer to the field
 * @param hidden pointers to fields whose values are not shown
 */
export function renderedField(
  manifest: Manifest,
  target: string,
  pointer: string,
  hidden: ReadonlySet<string>,
): RenderedField {
  const lines = [...linesOf(shown(manifest))].map((line) => ({
    ...line,
    pointer: toPointer(line.path),
  }));
  const at = nearestLine(lines, pointer);
  const told: string[] = [];
  let marked = 0;
  let last = -1;
  for (const [index, line] of lines.entries()) {
    const holds = `${pointer}/`.startsWith(`${line.pointer}/`);
    const isFirst = lines[index - 1]?.pointer !== line.pointer;
    const isInside = Math.abs(index - at) <= around;
    const isHidden = isBelow(line.pointer, hidden);
    if (!isInside && !(holds && isFirst)) continue;
    if (isHidden && !isFirst) continue;
    // Between those that hold the field the indent tells enough.
    if (isInside && index > last + 1 && told.length > 0) told.push('');
    if (index === at) marked = told.length;
    told.push(isHidden ? withoutValue(line) : line.text.slice(0, longest));
    last = index;
  }
  return { target, lines: told, marked };
}

/** A malformed env file makes keys of values, so that of Secrets not even the keys are sure. */
function shown(manifest: Manifest): Readonly<Record<string, unknown>> {
  const data = shownData(manifest);
  if (manifest.kind !== 'Secret') return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      /^(data|stringData)$/.test(key) ? mask : value,
    ]),
  );
}

/** The line of the field, or of the nearest that holds it. */
function nearestLine(lines: readonly { pointer: string }[], pointer: string): number {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const index = lines.findIndex((line) => `${line.pointer}/`.startsWith(`${at}/`));
    if (index >= 0 || at === '') return Math.max(index, 0);
  }
}

function isBelow(pointer: string, parents: ReadonlySet<string>): boolean {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    if (parents.has(at)) return true;
  }
  return false;
}

function withoutValue({ text, path }: YamlLine): string {
  const key =
    typeof path.at(-1) === 'string' ? /^(?:\s|- )*(?:"(?:[^"\\]|\\.)*"|[^":]+):/ : /^\s*-/;
  return `${key.exec(text)?.[0] ?? ''} ${mask}`;
}
