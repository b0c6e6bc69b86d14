import { posix } from 'node:path';
import { listAt, textAt } from '../../kubernetes/fields.ts';
import { ksopsEntriesOf, ksopsReferencesOf } from '../../kubernetes/ksops.ts';
import { referencesOf } from '../../kubernetes/kustomization.ts';
import { openLocator } from '../../kubernetes/locate-field.ts';
import type { FieldPath, Problem, RepositoryRule, SourceFile } from '../../model.ts';
import { isCredentialName } from '../../secrets/credential-names.ts';
import { isExemptValue } from '../../secrets/exempt-values.ts';
import { isPlaceholder } from '../../secrets/placeholders.ts';
import { envLines, isPublicFile, isSopsFile } from '../../secrets/secret-files.ts';
import { type Sensitive, sensitive } from '../../secrets/sensitive.ts';

export const generatorsEncrypted: RepositoryRule = {
  id: 'secrets/generators-encrypted',
  scope: 'repository',
  severity: 'error',
  summary: 'A secretGenerator, or KSOPS in its place, is given encrypted files only.',
  why: 'Its literals and files are in Git as readable as in any other file.',
  fix: 'Use an ExternalSecret, or a file that SOPS encrypts and Flux decrypts; rotate what was in it.',
  docs: 'https://fluxcd.io/flux/guides/mozilla-sops/',
  aliases: ['SEC002'],

  *check({ sources, rendered, texts = [], ignored = [] }) {
    yield* ignoredFiles(sources, new Set(ignored));
    const asked = new Set(rendered.flatMap((one) => one.files));
    const files = new Map([...texts, ...sources].map((one) => [one.path, one.text]));
    for (const { path, text, documents } of sources) {
      const entries = asked.has(path) ? listAt(documents[0], ['secretGenerator']) : [];
      for (const [index, entry] of entries.entries()) {
        const name = textAt(entry, ['name']) ?? '';
        for (const fault of faultsIn(entry, posix.dirname(path), files)) {
          const at = ['secretGenerator', index, ...fault.path];
          const { location } = openLocator(text, path).locate(0, at);
          yield { location, message: `secretGenerator ${name} ${fault.message}` };
        }
      }
      if (asked.has(path)) yield* ksopsFaults(path, documents[0], sources, files);
    }
  },
};

/** What only this machine has: kustomize builds here, and fails where the engine runs it. */
function* ignoredFiles(
  sources: readonly SourceFile[],
  ignored: ReadonlySet<string>,
): Generator<Problem> {
  for (const { path: file, text, documents } of ignored.size > 0 ? sources : []) {
    for (const { path, value, use } of referencesOf(documents[0])) {
      if (use !== 'data' || !ignored.has(posix.join(posix.dirname(file), value))) continue;
      const { location } = openLocator(text, file).locate(0, path);
      const message = `${path[0]} reads "${value}", which Git ignores`;
      yield { location, message, severity: 'warning', fix: ignoredFix };
    }
  }
}

const ignoredFix =
  'The engine builds from a clone, which has no such file: commit it encrypted with SOPS, or use an ExternalSecret.';

/** KSOPS refuses what SOPS did not encrypt, and it would be readable in Git all the same. */
function* ksopsFaults(
  kustomization: string,
  document: unknown,
  sources: readonly SourceFile[],
  files: ReadonlyMap<string, string>,
): Generator<Problem> {
  const folder = posix.dirname(kustomization);
  const sourceOf = (file: string) => sources.find(({ path }) => path === file);
  const entries = ksopsEntriesOf(document, folder, (file) => sourceOf(file)?.documents);
  for (const { file = kustomization, index, generators } of entries) {
    for (const [at, generator] of generators.entries()) {
      for (const { path, value, use } of ksopsReferencesOf(generator)) {
        const content = files.get(posix.join(folder, value));
        if (use !== 'data' || content === undefined || isSopsFile(sensitive(content))) continue;
        const isOwn = file !== kustomization;
        const locator = openLocator(sourceOf(file)?.text ?? '', file);
        const { location } = isOwn
          ? locator.locate(at, path)
          : locator.locate(0, ['generators', index]);
        yield { location, message: `KSOPS is given "${value}", which is not encrypted` };
      }
    }
  }
}

interface Fault {
  readonly path: FieldPath;
  readonly message: string;
}

function* faultsIn(
  entry: unknown,
  folder: string,
  files: ReadonlyMap<string, string>,
): Generator<Fault> {
  for (const [index, literal] of listAt(entry, ['literals']).entries()) {
    const text = String(literal);
    const at = text.indexOf('=');
    const path = ['literals', index];
    // A line without a name may be the value itself, so it is not repeated.
    if (at < 1) yield { path, message: 'has a literal that is no key=value' };
    else if (isPlain(text.slice(0, at), text.slice(at + 1).replace(/^(["'])(.*)\1$/, '$2'))) {
      yield { path, message: `has a literal value for "${text.slice(0, at)}"` };
    }
  }
  const read = (file: string): Sensitive | undefined => {
    const text = files.get(posix.join(folder, file));
    return text === undefined ? undefined : sensitive(text);
  };
  const envs = listAt(entry, ['envs']).map((file, index): [unknown, FieldPath] => [
    file,
    ['envs', index],
  ]);
  for (const [file, path] of [...envs, [textAt(entry, ['env']), ['env']] as const]) {
    const content = typeof file === 'string' ? read(file) : undefined;
    if (content && envLines(content).some(({ isLiteral }) => isLiteral)) {
      yield { path, message: `reads "${file}", which is not encrypted` };
    }
  }
  for (const [index, value] of listAt(entry, ['files']).entries()) {
    const file = String(value).slice(String(value).indexOf('=') + 1);
    const content = read(file);
    if (content && !isSopsFile(content) && !isPublicFile(content)) {
      yield { path: ['files', index], message: `reads "${file}", which is not encrypted` };
    }
  }
}

function isPlain(name: string, value: string): boolean {
  return (
    value !== '' &&
    !/\$\(|\$\{|\{\{|^ENC\[|^<[^<>]*:[^<>]*>$|^ref\+/.test(value) &&
    !(isCredentialName(name) && isExemptValue(name, value)) &&
    !isPlaceholder(value, isCredentialName(name))
  );
}
