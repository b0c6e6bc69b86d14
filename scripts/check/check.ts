import { toPointer } from '../kubernetes/fields.ts';
import type {
  FieldPath,
  Finding,
  Location,
  Manifest,
  Repository,
  Rule,
  Severity,
} from '../model.ts';
import { atBlamedKey } from './blamed-key.ts';
import { fingerprintOf, numberRepeats } from './fingerprint.ts';
import { applyRule, type Seen } from './problems.ts';
import { yieldToPolicies } from './yield-to-policies.ts';

/** Where a field of a manifest was written; see `provenance/locate.ts`. */
export type Locate = (
  manifest: Manifest,
  path: FieldPath,
) => Pick<Finding, 'location' | 'certainty' | 'related'>;

/** What the rules see, before anybody asks where it was written. */
export interface CheckResult {
  readonly seen: readonly (Seen & { readonly rule: Rule })[];
  /** How many times a rule looked at something of its scope. */
  readonly checks: number;
}

/** Applies every rule to everything it can see. */
export function check(repository: Repository, rules: readonly Rule[]): CheckResult {
  const applied = rules.map((rule) => ({ rule, ...applyRule(rule, repository) }));
  return {
    seen: yieldToPolicies(
      applied.flatMap(({ rule, seen }) => seen.map((one) => ({ ...one, rule }))),
    ),
    checks: applied.reduce((sum, { checks }) => sum + checks, 0),
  };
}

/**
 * Makes findings of what the rules saw: located, sorted by place, and each problem
 * once however many targets show it.
 */
export function toFindings(
  { seen }: CheckResult,
  repository: Repository,
  locate: Locate,
): readonly Finding[] {
  const targetsOf = targetIndex(repository);
  const linesOf = lineIndex(repository);
  const findings = seen.map((one) => {
    const finding = toFinding(one.rule, one, locate, targetsOf);
    const { location: place, message } = finding;
    const path = 'path' in one.problem ? one.problem.path : undefined;
    const location = atBlamedKey(place, message, linesOf(place.file), path);
    return { finding: { ...finding, location }, generalFix: one.rule.fix };
  });
  return numberRepeats(mergeSame(findings).sort(byLocation));
}

/** The manifests that something was seen in. */
export function manifestsIn({ seen }: CheckResult): Manifest[] {
  const manifests = seen.flatMap(({ problem }) => ('manifest' in problem ? problem.manifest : []));
  return [...new Set(manifests)];
}

/** Says which targets and clusters a file reaches. */
export type TargetsOf = (file: string) => { targets: string[]; clusters: string[] };

function toFinding(rule: Rule, seen: Seen, locate: Locate, targetsOf: TargetsOf): Finding {
  const { problem, cluster } = seen;
  const { id, severity, docs } = rule;
  const common = {
    rule: id,
    severity: problem.severity ?? severity,
    message: problem.message,
    fix: problem.fix ?? rule.fix,
    docs,
    related: problem.related ?? [],
  };
  if (!('manifest' in problem)) {
    const finding = {
      ...common,
      location: problem.location,
      certainty: 'exact' as const,
      ...targetsOf(problem.location.file),
    };
    return { ...finding, fingerprint: fingerprintOf(finding) };
  }
  const { manifest, path } = problem;
  const { apiVersion, kind, namespace, name, target } = manifest;
  const located = locate(manifest, path);
  // A rule that reads objects from files knows of no target, but the file is some target's.
  const reached = target
    ? { targets: [target.name], clusters: target.clusters }
    : targetsOf(located.location.file);
  const finding = {
    ...common,
    ...located,
    object: { apiVersion, kind, ...(namespace && { namespace }), name },
    path: toPointer(path),
    targets: reached.targets,
    clusters: cluster === undefined ? reached.clusters : [cluster],
  };
  const { discriminator } = problem;
  return { ...finding, fingerprint: fingerprintOf({ ...finding, discriminator }) };
}

/** The lines of a file; none of one that is no source. */
function lineIndex({ sources }: Repository): (file: string) => readonly string[] {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const known = new Map<string, readonly string[]>();
  return (file) => {
    const lines = known.get(file) ?? (texts.get(file) ?? '').split('\n');
    known.set(file, lines);
    return lines;
  };
}

/** Which targets and clusters a file reaches. */
export function targetIndex({ rendered, clusters }: Repository): TargetsOf {
  const index = new Map<string, Set<string>>();
  const clustersOf = new Map(rendered.map(({ target }) => [target.name, target.clusters]));
  for (const { target, files } of rendered) {
    for (const file of files) index.set(file, (index.get(file) ?? new Set()).add(target.name));
  }
  return (file) => {
    const targets = [...(index.get(file) ?? [])].sort();
    const described = clusters.filter((cluster) => cluster.file === file).map(({ name }) => name);
    const reached = targets.flatMap((target) => clustersOf.get(target) ?? []);
    return { targets, clusters: [...new Set([...described, ...reached])].sort() };
  };
}

/** One slip in a base is one finding, however many targets it shows in. */
function mergeSame(found: readonly { finding: Finding; generalFix: string }[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const { finding, generalFix } of found) {
    const { rule, location, message } = finding;
    const key = JSON.stringify([rule, location, message]);
    const other = merged.get(key) ?? finding;
    merged.set(key, {
      ...other,
      // A policy may warn in one cluster and refuse in another.
      severity: strictest(other.severity, finding.severity),
      // A fix that is only for one of the targets would send readers of the others astray.
      fix: other.fix === finding.fix ? other.fix : generalFix,
      related: unionOf(other.related, finding.related),
      targets: union(other.targets, finding.targets),
      clusters: union(other.clusters, finding.clusters),
    });
  }
  return [...merged.values()];
}

function strictest(a: Severity, b: Severity): Severity {
  const order: readonly Severity[] = ['error', 'warning', 'note'];
  return order.find((one) => one === a || one === b) ?? a;
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])].sort();
}

function unionOf<T>(a: readonly T[], b: readonly T[]): T[] {
  return [...new Map([...a, ...b].map((one) => [JSON.stringify(one), one])).values()];
}

/** Top to bottom, file by file. Compared by code unit: the same order on every machine. */
export function byLocation(a: Finding, b: Finding): number {
  return (
    compareText(a.location.file, b.location.file) ||
    compareNumbers(a.location, b.location) ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

function compareNumbers(a: Location, b: Location): number {
  return a.line - b.line || a.column - b.column;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
