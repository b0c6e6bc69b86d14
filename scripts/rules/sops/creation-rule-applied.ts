import { posix } from 'node:path';
import { isRecord, recordAt } from '../../kubernetes/fields.ts';
import { openLocator } from '../../kubernetes/locate-field.ts';
import { readYaml } from '../../kubernetes/yaml.ts';
import type { Location, Problem, RepositoryRule } from '../../model.ts';
import { isSopsText } from '../../secrets/secret-files.ts';
import {
  type CreationRule,
  creationRulesOf,
  isSopsDocument,
  recipientsOf,
} from '../../secrets/sops.ts';
import { re2 } from '../../shared/re2.ts';

export const creationRuleApplied: RepositoryRule = {
  id: 'sops/creation-rule-applied',
  scope: 'repository',
  severity: 'error',
  summary: 'A Secret whose path a rule of `.sops.yaml` matches is encrypted as that rule says.',
  why: 'The rule is only used when somebody runs `sops`: a file that was never encrypted looks as if it were.',
  fix: 'Run `sops --encrypt --in-place` on the file, or `sops updatekeys` when the recipients have changed.',
  docs: 'https://getsops.io/docs/#using-sops-yaml-conf-to-select-kms-pgp-and-age-for-new-files',
  aliases: ['SOPS103'],

  *check({ sources, rendered, texts = [] }) {
    const asked = new Set([
      ...rendered.flatMap(({ files }) => files),
      ...texts.map(({ path }) => path),
    ]);
    const all = new Map([...texts, ...sources].map((one) => [one.path, one.text]));
    const configs = [...all].filter(([path]) => posix.basename(path) === '.sops.yaml');
    for (const [path, text] of configs) {
      const folder = posix.dirname(path) === '.' ? '' : `${posix.dirname(path)}/`;
      const rules = creationRulesOf(readYaml(text, path).documents[0]).map((rule) => ({
        ...rule,
        matches: matcher(rule.pathRegex),
      }));
      // What cannot be compiled may match anything.
      if (rules.some(({ matches }) => matches === undefined)) continue;
      for (const [file, content] of all) {
        if (!file.startsWith(folder) || !asked.has(file) || !isYaml(file) || file === path)
          continue;
        const nearer = configs.some(
          ([other]) => other !== path && isBelow(file, other) && isBelow(other, path),
        );
        if (nearer) continue;
        const rule = rules.find(({ matches }) => matches?.(file.slice(folder.length)));
        if (rule) yield* judge(file, content, rule);
        else if (rules.length > 0) yield* unmatched(file, content);
      }
    }
  },
};

function* judge(file: string, text: string, rule: CreationRule): Generator<Problem> {
  const location: Location = { file, line: 1, column: 1 };
  if (text.includes('{{')) return;
  for (const [index, document] of readYaml(text, file).documents.entries()) {
    if (isSopsDocument(document)) {
      const has = new Set(recipientsOf(recordAt(document, ['sops'])));
      const missing = rule.recipients?.filter((one) => !has.has(one)) ?? [];
      const extra = rule.recipients
        ? [...has].filter((one) => !rule.recipients?.includes(one))
        : [];
      if (missing.length + extra.length === 0) continue;
      const message = `${file} is encrypted for others than rule ${rule.number} of .sops.yaml says`;
      const fix = 'Run `sops updatekeys` on the file.';
      const at = openLocator(text, file).locate(index, ['sops']).location;
      yield { location: at, message, fix, severity: 'warning' };
    } else if (isPlainSecret(document) && !isSopsText(text)) {
      const message = `${file} matches rule ${rule.number} of .sops.yaml, but is not encrypted`;
      yield { location, message };
    }
  }
}

/** `sops updatekeys` and a new file beside it would find no rule to go by. */
function* unmatched(file: string, text: string): Generator<Problem> {
  if (!isSopsText(text)) return;
  for (const [index, document] of readYaml(text, file).documents.entries()) {
    if (!isSopsDocument(document)) continue;
    const { location } = openLocator(text, file).locate(index, ['sops']);
    const message = `${file} is encrypted, and no rule of .sops.yaml matches it`;
    const fix = 'Widen the `path_regex` of the rule that it was encrypted by.';
    yield { location, message, fix, severity: 'warning' };
  }
}

function isPlainSecret(document: unknown): boolean {
  if (!isRecord(document) || document.kind !== 'Secret' || document.apiVersion !== 'v1')
    return false;
  return ['data', 'stringData'].some((field) =>
    Object.values(recordAt(document, [field])).some((one) => one !== '' && one !== null),
  );
}

/** Go's syntax, and not anchored; undefined for a pattern that cannot be compiled. */
function matcher(pattern: string | undefined): ((path: string) => boolean) | undefined {
  if (pattern === undefined) return () => true;
  try {
    const compiled = re2().compile(pattern);
    return (path) => compiled.matcher(path).find();
  } catch {
    return undefined;
  }
}

function isYaml(file: string): boolean {
  return /\.(ya?ml|json)$/.test(file);
}

function isBelow(file: string, config: string): boolean {
  const folder = posix.dirname(config);
  return folder === '.' || file.startsWith(`${folder}/`);
}
