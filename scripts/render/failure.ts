import { kustomizationNames } from '../kubernetes/kustomization.ts';
import type { Location, RenderFailure, Target } from '../model.ts';
import { howToGetKustomize, KustomizeNotFoundError } from './binary.ts';
import { KustomizeError } from './kustomize.ts';

/** What a failure is told with besides the error itself. */
export interface FailureContext {
  readonly root: string;
  readonly target: Target;
  /** Every file of the target, from the root. */
  readonly files: readonly string[];
  readonly redact: (text: string) => string;
}

const longest = 400;

/** Why a build failed, in one line without secrets, at the file that kustomize names. */
export function failureOf(error: unknown, context: FailureContext): RenderFailure {
  const rule = 'render/builds';
  if (error instanceof KustomizeNotFoundError) {
    const location = kustomizationLocation(context);
    return { rule, message: error.message, fix: howToGetKustomize, location };
  }
  if (!(error instanceof KustomizeError)) throw error;
  const text = context.redact(error.message);
  const cause = innermost(withoutPaths(text, context.root));
  const location = namedLocation(text, context) ?? kustomizationLocation(context);
  const message = error.reason === 'failed' ? `kustomize: ${cause}` : `kustomize ${cause}`;
  return { rule, message, ...fixFor(text), location };
}

/** Absolute paths and those through the temporary wrapper tell the reader nothing. */
function withoutPaths(text: string, root: string): string {
  return text
    .replaceAll(`${root}/`, '')
    .replaceAll(/(\.\.\/)+(?=[^.\s'"])[^\s'"]*?(?=(base|overlays|clusters|components)\/)/g, '')
    .replaceAll(/\/\S*\/presync-\w+\/(target-\d+)?/g, '');
}

/** Kustomize wraps an error once for every level of folders; the last part is the cause. */
function innermost(text: string): string {
  const line = text
    .split('\n')
    .map((one) => one.replace(/^(error|Error): /, '').trim())
    .filter((one) => one !== '' && !one.startsWith('#') && !/^\* /.test(one))
    .join(' ');
  const parts = line.split(
    /accumulat\w+ [\w\s]*?from '[^']*': |accumulation err='|couldn't make target for path '[^']*': /,
  );
  const cause = (parts.at(-1) ?? line).replace(/^recursed accumulation of path '[^']*': /, '');
  return cause.length > longest ? `${cause.slice(0, longest)}…` : cause;
}

function fixFor(text: string): { fix?: string } {
  if (/plugins? disabled|function.*(disabled|not allowed|enable)/i.test(text)) {
    return {
      fix: 'It needs a plugin or function, which is off by default; allow it with `--allow exec`.',
    };
  }
  if (/security; file|is not in or below/.test(text)) {
    return {
      fix: 'Kustomize reads files only below the kustomization; make the folder a base of its own.',
    };
  }
  return {};
}

/** The place of the file that kustomize names, when it is one of the target's. */
function namedLocation(text: string, { files }: FailureContext): Location | undefined {
  const line = Number(/yaml: line (\d+)/.exec(text)?.[1] ?? 1);
  const candidates = files.filter((file) => !isKustomization(file));
  const named = candidates.filter((file) => text.includes(file));
  const byName = candidates.filter((file) => text.includes(`'${baseOf(file)}'`));
  const file = named.at(-1) ?? (byName.length === 1 ? byName[0] : undefined);
  return file === undefined ? undefined : { file, line, column: 1 };
}

function kustomizationLocation({ target, files }: FailureContext): Location {
  const own = files.find(
    (file) => isKustomization(file) && file.slice(0, -baseOf(file).length - 1) === target.path,
  );
  return { file: own ?? target.path, line: 1, column: 1 };
}

function isKustomization(file: string): boolean {
  return kustomizationNames.includes(baseOf(file));
}

function baseOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
