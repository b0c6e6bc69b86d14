import { join, posix } from 'node:path';
import { textAt } from '../kubernetes/fields.ts';
import { ksopsEntriesOf } from '../kubernetes/ksops.ts';
import {
  generatesObjects,
  isBatchable,
  isRemote,
  type KustomizationReference,
  pluginUsesOf,
  referencesOf,
} from '../kubernetes/kustomization.ts';
import type { FieldPath, RenderFailure, TargetFiles } from '../model.ts';
import { type ClosureContext, type Fail, failer, kustomizationFileIn } from './closure-context.ts';
import { missingFix } from './ignored.ts';
import { ksopsFilesOf } from './ksops-files.ts';
import { isOutside, kindOf, withoutCredentials } from './paths.ts';

/**
 * Follows a kustomization to every file that its build reads, so that nothing is
 * built that would leave the repository, reach the network or run a program.
 */
export function closureOf(folder: string, context: ClosureContext): TargetFiles {
  const found: Found = {
    files: new Set(),
    resources: new Set(),
    failures: [],
    batchable: true,
    generates: false,
    ksops: [],
    visiting: [],
  };
  visit(folder, context, found);
  const file = kustomizationFileIn(context, folder);
  const namespace = file && textAt(documentOf(file, context), ['namespace']);
  return {
    files: [...found.files].sort(),
    resources: [...found.resources].sort(),
    failures: found.failures,
    batchable: found.batchable,
    generates: found.generates,
    ...(namespace && { namespace }),
    ...(found.ksops.length > 0 && { ksops: found.ksops }),
  };
}

interface Found {
  readonly files: Set<string>;
  readonly resources: Set<string>;
  readonly failures: RenderFailure[];
  batchable: boolean;
  generates: boolean;
  readonly ksops: string[];
  /** The folders on the way to the one being visited. */
  readonly visiting: string[];
}

function documentOf(file: string, { sources }: ClosureContext): unknown {
  return sources.read(file)?.documents[0];
}

function visit(folder: string, context: ClosureContext, found: Found): void {
  const file = kustomizationFileIn(context, folder);
  // A folder that several others include is followed once.
  if (!file || found.files.has(file)) return;
  found.files.add(file);
  const source = context.sources.read(file);
  if (!source) return;
  failOnSyntax(file, context, found);
  const kustomization = source.documents[0];
  found.batchable &&= isBatchable(kustomization);
  found.generates ||= generatesObjects(kustomization);
  found.visiting.push(folder);
  const fail = failer(file, source.text, found.failures, context);
  for (const { path } of context.allowed.has('helm') ? [] : pluginUsesOf(kustomization)) {
    fail({
      rule: 'kustomization/no-plugins',
      message: `"${path[0]}" makes kustomize run helm`,
      fix: 'Let Argo CD or Flux install the chart (Application with `chart`, HelmRelease), or allow it here with `--allow helm`.',
      path,
    });
  }
  for (const reference of referencesOf(kustomization))
    follow(reference, folder, context, found, fail);
  followKsops(file, kustomization, fail, context, found);
  found.visiting.pop();
}

/** KSOPS is never run: what it would decrypt is read, as it is encrypted, like other objects. */
function followKsops(
  file: string,
  kustomization: unknown,
  fail: Fail,
  context: ClosureContext,
  found: Found,
): void {
  const folder = posix.dirname(file);
  const documentsOf = (path: string) =>
    found.files.has(path) ? context.sources.read(path)?.documents : undefined;
  for (const entry of ksopsEntriesOf(kustomization, folder, documentsOf)) {
    if (!found.ksops.includes(file)) found.ksops.push(file);
    for (const one of ksopsFilesOf(entry, fail, found.failures, context)) {
      follow(one.reference, folder, context, found, one.fail);
    }
  }
}

/** A file that is no YAML fails every target that needs it; its own finding tells why. */
function failOnSyntax(file: string, { sources }: ClosureContext, { failures }: Found): void {
  for (const { message, location } of sources.read(file)?.syntaxProblems ?? []) {
    failures.push({ rule: 'yaml/well-formed', message, location });
  }
}

function follow(
  { path, value, use }: KustomizationReference,
  folder: string,
  context: ClosureContext,
  found: Found,
  fail: Fail,
): void {
  const field = String(path[0]);
  if (isRemote(value) && !isLocalFile(folder, value, context)) {
    if (context.allowed.has('network')) return;
    const fix =
      'Copy what you need into the repository, or allow the network with `--allow network`.';
    fail({
      rule: 'kustomization/no-remote',
      message: `${field} fetches "${withoutCredentials(value)}"`,
      fix,
      path,
    });
    return;
  }
  const target = posix.normalize(posix.join(folder, value)).replace(/\/$/, '');
  if (value.startsWith('/') || isOutside(target, context.root)) {
    const message = `${field} names "${value}", which is outside the repository`;
    const fix = 'Move it into the repository and name it by a relative path.';
    fail({ rule: 'kustomization/inside-repository', message, fix, path });
    return;
  }
  const kind = kindOf(join(context.root, target));
  if (kind === undefined) {
    const fix = missingFix(
      target,
      context.root,
      use === 'data' && found.failures.length < mostAsked,
    );
    const message = `${field} names "${value}", which does not exist`;
    fail({ rule: 'kustomization/path-exists', message, ...(fix && { fix }), path });
    return;
  }
  if (kind === 'folder') {
    followFolder(target, value, field, path, context, found, fail);
    return;
  }
  found.files.add(target);
  if (use === 'resource') found.resources.add(target);
  if (use !== 'data') failOnSyntax(target, context, found);
}

/** A stranger's kustomization may name thousands of files that are not there. */
const mostAsked = 20;

/** Kustomize reads a file that is there before it thinks of a repository; a URL it always fetches. */
function isLocalFile(folder: string, value: string, { root }: ClosureContext): boolean {
  return !value.includes('://') && kindOf(join(root, folder, value)) === 'file';
}

function followFolder(
  target: string,
  value: string,
  field: string,
  path: FieldPath,
  context: ClosureContext,
  found: Found,
  fail: Fail,
): void {
  if (found.visiting.includes(target)) {
    const message = `${field} names "${value}", which includes this kustomization again`;
    fail({
      rule: 'kustomization/path-exists',
      message,
      fix: 'Remove one of the two references.',
      path,
    });
  } else if (kustomizationFileIn(context, target)) {
    visit(target, context, found);
  } else {
    const isData = field.endsWith('Generator');
    const message = isData
      ? `${field} names the folder "${value}", and takes only files`
      : `${field} names the folder "${value}", which has no kustomization.yaml`;
    const fix = isData
      ? 'Name its files one by one.'
      : 'Add a kustomization.yaml there, or name the files one by one.';
    fail({ rule: 'kustomization/path-exists', message, fix, path });
  }
}
