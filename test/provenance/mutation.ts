import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { valueAt } from '../../scripts/kubernetes/fields.ts';
import type { FieldPath, Manifest, Rendered } from '../../scripts/model.ts';
import { blame } from '../../scripts/provenance/blame.ts';
import type { Token } from '../../scripts/provenance/tokens.ts';
import type { Trace } from '../../scripts/provenance/trace.ts';
import { mutated } from './mutate.ts';
import { leavesOf, renderAll, type Traced } from './traced.ts';

/** What is claimed of one written value: the fields of a target that it sets. */
interface Claim {
  readonly target: string;
  readonly token: Token;
  /** As `index of the object` and the path in it. */
  readonly fields: ReadonlySet<string>;
}

/** Every claim of a repository that calls itself exact and rests on a mark. */
function claimsOf({ context, canary }: Traced): Claim[] {
  const claims = new Map<string, { target: string; token: Token; fields: Set<string> }>();
  for (const { target, manifests } of context.rendered) {
    if (target.kind !== 'kustomization') continue;
    for (const [index, manifest] of manifests.entries()) {
      const trace = canary.traceOf(manifest);
      if (!trace) throw new Error(`no trace of ${manifest.kind} ${manifest.name}`);
      for (const { path, token } of trace.occurrences) {
        if (blame(trace, path).certainty !== 'exact') continue;
        const key = `${target.name} ${token.id}`;
        const claim = claims.get(key) ?? { target: target.name, token, fields: new Set() };
        claim.fields.add(fieldKey(index, path));
        claims.set(key, claim);
      }
    }
  }
  return [...claims.values()];
}

function fieldKey(index: number, path: FieldPath): string {
  return JSON.stringify([index, ...path]);
}

/**
 * Changes only the written value that a claim is about, and renders again.
 *
 * @returns what is wrong with the claim; undefined when exactly the claimed fields change
 */
async function contradict(claim: Claim, traced: Traced): Promise<string | undefined> {
  const { context, canary } = traced;
  const plain = context.rendered.find(({ target }) => target.name === claim.target);
  if (!plain) return 'the target is gone';
  const { location } = claim.token.document.placeOf(claim.token.path);
  const { file, line } = location;
  const text = readFileSync(join(context.root, file), 'utf8');
  const other = await renderWith(file, mutated(text, claim.token), claim.target, context);
  const changed = changedFields(plain.manifests, other?.manifests ?? [], canary);
  const missing = [...claim.fields].filter((field) => !changed.has(field));
  const more = [...changed].filter((field) => !claim.fields.has(field));
  if (missing.length + more.length === 0) return undefined;
  return `${claim.target} ${file}:${line} does not change ${missing} but ${more}`;
}

/** The target with another text of one file; a sync object is read again with all that it says. */
async function renderWith(
  file: string,
  text: string,
  target: string,
  context: Traced['context'],
): Promise<Rendered | undefined> {
  const one = context.targets.find((own) => own.target.name === target);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'presync-mutation-')));
  try {
    const isEngines = one?.input.changed !== undefined || one?.input.postBuild !== undefined;
    const files = isEngines ? [...context.sources.keys()] : [];
    for (const copied of new Set([...files, ...(one?.input.files ?? [])])) {
      mkdirSync(dirname(join(folder, copied)), { recursive: true });
      cpSync(join(context.root, copied), join(folder, copied));
    }
    writeFileSync(join(folder, file), text);
    const again = isEngines
      ? (await renderAll(folder)).rendered
      : await context.build(one ? [one] : [], folder, () => undefined);
    return again.find((own) => own.target.name === target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function changedFields(
  plain: readonly Manifest[],
  mutated: readonly Manifest[],
  canary: Traced['canary'],
): Set<string> {
  const changed = new Set<string>();
  for (const [index, manifest] of plain.entries()) {
    const other = mutated[index];
    const renames = canary.traceOf(manifest)?.renames;
    const leaves = [...leavesOf(manifest.data), ...leavesOf(other?.data)];
    for (const path of leaves) {
      const before = valueAt(manifest.data, path);
      const after = valueAt(other?.data, path);
      if (JSON.stringify(before) === JSON.stringify(after)) continue;
      // The hash of a generated name follows its content, and references follow the name.
      if (isRehashed(before, after, renames)) continue;
      changed.add(fieldKey(index, path));
    }
  }
  return changed;
}

function isRehashed(before: unknown, after: unknown, renames: Trace['renames'] | undefined) {
  const written = [...(renames?.get(String(before)) ?? [])];
  return written.some((name) => typeof after === 'string' && after.includes(`${name}-`));
}

/** A sample in which each kind of source has its share, the same one for the same seed. */
function sampleOf(claims: readonly Claim[], count: number, seed: number): Claim[] {
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state;
  };
  const shuffled = claims
    .map((claim) => ({ claim, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ claim }) => claim);
  const kinds = [...Map.groupBy(shuffled, sourceOf).values()];
  const sample: Claim[] = [];
  for (let round = 0; sample.length < Math.min(count, claims.length); round++) {
    for (const kind of kinds) if (kind[round]) sample.push(kind[round] as Claim);
  }
  return sample.slice(0, count);
}

/** The kind of source that a claim is about: `resource`, `json patch`, `images`, ... */
function sourceOf({ token: { document, path } }: Claim): string {
  const own = document.kind === 'kustomization' ? String(path[0]) : document.kind;
  return document.isElsewhere && document.placeOf(path).location.file !== document.file
    ? `engine's ${own}`
    : own;
}

/**
 * Tries a sample of a repository's claims.
 *
 * @returns what is wrong with each wrong one, and how many of each kind of source were tried
 */
export async function tryClaims(
  traced: Traced,
  count: number,
): Promise<{ wrong: string[]; tried: Record<string, number> }> {
  const sample = sampleOf(claimsOf(traced), count, 20_261_121);
  const wrong: string[] = [];
  const waiting = [...sample];
  const worker = async () => {
    for (let claim = waiting.pop(); claim; claim = waiting.pop()) {
      const contradiction = await contradict(claim, traced);
      if (contradiction) wrong.push(contradiction);
    }
  };
  await Promise.all([worker(), worker()]);
  const kinds = Map.groupBy(sample, sourceOf);
  return {
    wrong,
    tried: Object.fromEntries([...kinds].map(([kind, { length }]) => [kind, length])),
  };
}
