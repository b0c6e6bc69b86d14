import { textAt } from '../kubernetes/fields.ts';
import { kustomizationNames } from '../kubernetes/kustomization.ts';
import type { ClusterView, SourceFile } from '../model.ts';

/** Tells whether kustomize may have made a name out of another one. */
export interface Renames {
  /** Whether `made` is what the kustomizations of a target turn `written` into. */
  couldMake(target: string | undefined, written: string, made: string): boolean;
}

/** What kustomize puts at the end of a generated name. */
const hash = /-[2456789bcdfghkmt]{10}$/;

/** A name as messages tell it: the hash of a generated Secret is made of its values. */
export function withoutHash(name: string): string {
  return name.replace(hash, '-<hash>');
}

/**
 * The renames of a cluster's targets: the prefixes and suffixes that their kustomizations
 * declare, alone or one around the other, and the hash of generated names. Nothing is
 * guessed from names that happen to look alike.
 */
export function renamesIn({ rendered, sources = [] }: ClusterView): Renames {
  const declared = new Map<string, Affixes>();
  const files = new Map(sources.filter(isKustomization).map((file) => [file.path, file]));
  for (const { target, files: own } of rendered) {
    const kustomizations = own.flatMap((path) => files.get(path) ?? []);
    declared.set(target.path, affixesOf(kustomizations));
  }
  return {
    couldMake(target, written, made) {
      const { prefixes, suffixes } = declared.get(target ?? '') ?? none;
      const stem = made.replace(hash, '');
      return [made, stem].some(
        (one) =>
          (one !== made && one === written) ||
          prefixes.some((prefix) =>
            suffixes.some(
              (suffix) => `${prefix}${suffix}` !== '' && one === prefix + written + suffix,
            ),
          ),
      );
    },
  };
}

interface Affixes {
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
}

const none: Affixes = { prefixes: [''], suffixes: [''] };

function affixesOf(kustomizations: readonly SourceFile[]): Affixes {
  const read = (field: string) => [
    ...new Set(kustomizations.flatMap(({ documents }) => textAt(documents[0], [field]) ?? [])),
  ];
  return { prefixes: combined(read('namePrefix')), suffixes: combined(read('nameSuffix')) };
}

/** Each by itself, none, and two of them: an overlay around an overlay. */
function combined(affixes: readonly string[]): string[] {
  const few = affixes.slice(0, 10);
  return ['', ...few, ...few.flatMap((one) => few.map((other) => one + other))];
}

function isKustomization({ path }: SourceFile): boolean {
  return kustomizationNames.includes(path.slice(path.lastIndexOf('/') + 1));
}
