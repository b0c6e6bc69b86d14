import type {
  FieldPath,
  Finding,
  Location,
  Manifest,
  RelatedLocation,
  SourceFile,
} from '../model.ts';
import { blame } from './blame.ts';
import { type Canary, type CanaryContext, runCanary } from './canary.ts';
import { locateDeclared } from './declared.ts';
import type { Blame } from './found.ts';
import type { Trace } from './trace.ts';

/** Finds the written place of a field. */
export type Locate = (
  manifest: Manifest,
  path: FieldPath,
) => Pick<Finding, 'location' | 'certainty' | 'related'>;

/**
 * Makes the one function that every finding's location comes from: the line that the
 * canary build proves, else the nearest line of the file that declares the resource.
 *
 * @param manifests those that will be asked about; only their targets are built again
 */
export async function locatorFor(
  manifests: readonly Manifest[],
  context: CanaryContext,
): Promise<Locate> {
  const files = new Map(context.targets.map(({ target, input }) => [target.name, input.files]));
  const canary = await runCanary(manifests, context);
  return createLocate(context.sources, (target) => files.get(target) ?? [], canary);
}

function createLocate(
  sources: ReadonlyMap<string, SourceFile>,
  filesOf: (target: string) => readonly string[],
  canary: Pick<Canary, 'traceOf'>,
): Locate {
  return (manifest, path) => {
    const trace = canary.traceOf(manifest);
    const blamed = trace && blame(trace, path);
    const place = blamed?.winners.at(-1)?.location;
    if (blamed && place) {
      return {
        location: place,
        certainty: blamed.certainty,
        related: [...relatedTo(blamed, place), ...definitionsFor(blamed, trace)],
      };
    }
    const { origin, target } = manifest;
    const files = origin ? [origin.file] : target ? filesOf(target.name) : [];
    const declared = locateDeclared(
      manifest,
      path,
      files.flatMap((file) => sources.get(file) ?? []),
    );
    if (declared) return { ...declared, related: [] };
    const file = origin?.file ?? target?.path ?? '';
    return { location: { file, line: 1, column: 1 }, certainty: 'file', related: [] };
  };
}

/** Values are left out: a secret's may be among them. */
function relatedTo({ winners, overridden }: Blame, place: Location): RelatedLocation[] {
  const lines = new Set([keyOf(place)]);
  return [
    ...overridden.map(({ by, location }) => ({
      message: relations[by] ?? 'set here, and overridden',
      location,
    })),
    ...winners.map(({ location }) => ({ message: 'part of the value', location })),
  ].filter(({ location }) => !lines.has(keyOf(location)) && lines.add(keyOf(location)));
}

/** What else than setting it something does with a value. */
const relations: Readonly<Record<string, string>> = {
  replacements: 'copied by this replacement',
  copy: 'copied by this operation',
  move: 'moved by this operation',
};

/** Where the variables of the value get theirs. */
function definitionsFor({ winners }: Blame, { substitution }: Trace): RelatedLocation[] {
  return winners.flatMap(({ value }) =>
    (substitution?.definitions(String(value)) ?? []).map(({ name, place }) => ({
      message: `variable "${name}" is set here`,
      location: place,
    })),
  );
}

function keyOf({ file, line }: Location): string {
  return `${file}:${line}`;
}
