import type { Excerpt, Finding, Manifest, Repository } from '../model.ts';
import { secretsByTarget } from '../secrets/secrets-by-target.ts';
import { withoutSecrets } from '../secrets/without-values.ts';
import { renderedField } from './rendered-field.ts';
import { linesAmongSecrets, shownLine } from './source-line.ts';

/** Rules of these groups blame values that are secrets, or stand where secrets do. */
const secretGroups: ReadonlySet<string> = new Set([
  'secrets',
  'sops',
  'external-secrets',
  'sealed-secrets',
]);

/**
 * What may be shown beside each finding: the line that was written and what became of it.
 * Values of secrets are masked: all of what a rule about secrets blames, whatever stands in
 * a file or object with Secrets, and elsewhere what looks like one.
 *
 * @param findings all of the run, for what one of them hides is hidden for the others
 */
export function openExcerpts(
  { sources, rendered }: Pick<Repository, 'sources' | 'rendered'>,
  findings: readonly Finding[],
): (finding: Finding) => Excerpt {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const files = new Map<string, WrittenFile>();
  const blamed = findings.filter(({ rule }) => secretGroups.has(rule.slice(0, rule.indexOf('/'))));
  const hiddenLines = new Set(blamed.map(({ location }) => `${location.file}:${location.line}`));
  const hiddenFields = new Set(blamed.flatMap(({ path }) => path ?? []));
  const manifests = new Map(rendered.map((one) => [one.target.name, one.manifests]));
  const secrets = secretsByTarget(rendered);

  function fileOf(path: string): WrittenFile {
    const known = files.get(path);
    if (known) return known;
    const lines = (texts.get(path) ?? '').split('\n');
    const file = { lines, amongSecrets: linesAmongSecrets(lines) };
    files.set(path, file);
    return file;
  }

  function sourceOf({ location, certainty, message }: Finding): Excerpt['source'] {
    const { file, line } = location;
    if (certainty === 'file' || !texts.has(file)) return undefined;
    const { lines, amongSecrets } = fileOf(file);
    // What kind of object is meant is no secret, unless it stands among the data of one.
    const isBlamed =
      hiddenLines.has(`${file}:${line}`) && !/^\s*(- )?kind:/.test(lines[line - 1] ?? '');
    const hide = isBlamed || amongSecrets[line - 1] === true;
    return shownLine(lines, location, message, hide);
  }

  function renderedOf(finding: Finding): Excerpt['rendered'] {
    if (finding.path === undefined) return undefined;
    const found = manifestOf(finding, manifests);
    if (!found) return undefined;
    const shown = renderedField(found.manifest, found.target, finding.path, hiddenFields);
    const own = secrets.get(found.target) ?? [];
    return { ...shown, lines: shown.lines.map((line) => withoutSecrets(line, own)) };
  }

  return (finding) => ({
    get source() {
      return sourceOf(finding);
    },
    get rendered() {
      return renderedOf(finding);
    },
  });
}

interface WrittenFile {
  readonly lines: readonly string[];
  readonly amongSecrets: readonly boolean[];
}

/** The object and the first of the finding's targets that renders it. */
function manifestOf(
  { object, targets }: Finding,
  manifests: ReadonlyMap<string, readonly Manifest[]>,
): { readonly manifest: Manifest; readonly target: string } | undefined {
  if (!object) return undefined;
  for (const target of targets) {
    const manifest = manifests
      .get(target)
      ?.find(
        ({ apiVersion, kind, namespace, name }) =>
          apiVersion === object.apiVersion &&
          kind === object.kind &&
          namespace === object.namespace &&
          name === object.name,
      );
    if (manifest) return { manifest, target };
  }
  return undefined;
}
