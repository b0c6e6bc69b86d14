import type { Finding, Location, Repository, Rule, Severity, SourceFile } from '../model.ts';
import { nearest } from '../shared/nearest.ts';
import { counted } from '../shared/text.ts';
import { askedFor } from './asked-for.ts';
import { type Baseline, lineOf, staleEntries, withBaseline } from './baseline.ts';
import { byLocation, targetIndex } from './check.ts';
import { fingerprintOf, numberRepeats } from './fingerprint.ts';
import { type SuppressionComment, suppressionsIn } from './suppressions.ts';

export interface SettleOptions {
  /** Severities that decide instead of a rule's own. */
  readonly levels?: Readonly<Record<string, Severity>>;
  /** Findings that the repository lives with for now. */
  readonly baseline?: Baseline;
  /** The day that suppressions are judged by, as `2027-01-31`; the computer's (UTC) by default. */
  readonly today?: string;
  /** Leaves findings out that nobody asked for; unused suppressions are not told then. */
  readonly keeps?: (finding: Finding) => boolean;
  readonly paths?: readonly string[];
  readonly clusters?: readonly string[];
  readonly given?: readonly SourceFile[];
  readonly ignoreFiles?: readonly RegExp[];
  readonly kubernetesVersion?: string;
  readonly schemas?: { readonly skip?: readonly string[] };
}

/** What was told about, and by which rules. */
interface Run {
  readonly repository: Repository;
  /** Every rule there is, whether or not it was applied. */
  readonly known: readonly Rule[];
  readonly applied: readonly Rule[];
}

/**
 * The last word on findings: their severities as configured, which of them comments and the
 * baseline suppress, and what is wrong with those (rules `suppressions/*`).
 */
export function settle(
  findings: readonly Finding[],
  run: Run,
  options: SettleOptions,
): readonly Finding[] {
  const { levels = {}, baseline, keeps = askedFor(options, run.repository.rendered) } = options;
  const levelled = findings.filter(keeps).map((finding) => {
    const severity = Object.hasOwn(levels, finding.rule) ? levels[finding.rule] : undefined;
    return severity ? { ...finding, severity } : finding;
  });
  const told = teller(run, levels);
  const live = liveSuppressions(run, options, told);
  const suppressed = levelled.map((finding) => bySuppression(finding, live));
  const settled = baseline ? withBaseline(suppressed, baseline) : suppressed;
  if (isWhole(options)) {
    for (const one of live.filter((one) => !one.isUsed && isSure(one, run))) {
      told.tell('suppressions/used', one.location, `suppression of ${one.rule} suppresses nothing`);
    }
    const isComplete = run.repository.rendered.every(({ failures }) => failures.length === 0);
    if (baseline && isComplete) tellStale(baseline, findings, run, told);
  }
  const own = numberRepeats(told.findings.filter(keeps).sort(byLocation));
  return own.length > 0 ? [...settled, ...own].sort(byLocation) : settled;
}

/** One rule that one comment suppresses. */
interface Live {
  readonly rule: string;
  readonly location: Location;
  readonly lines: readonly number[];
  readonly reason: string;
  isUsed: boolean;
}

function liveSuppressions(
  { repository, known }: Run,
  options: SettleOptions,
  told: Teller,
): Live[] {
  const { today = new Date().toISOString().slice(0, 10) } = options;
  const ids = new Map(
    known.flatMap((rule) => [rule.id, ...(rule.aliases ?? [])].map((name) => [name, rule])),
  );
  return commentsIn(repository, told).flatMap(({ location, lines, reason, rules, until }) =>
    rules.flatMap((name) => {
      const { id: rule, exceptedIn } = ids.get(name) ?? {};
      if (rule === undefined) {
        const message = `no rule "${name}" to suppress`;
        told.tell('suppressions/known', location, message, fixFor(name, ids.keys()));
      } else if (exceptedIn !== undefined) {
        const message = `a comment suppresses no ${rule}: the cluster would still refuse the object`;
        told.tell('suppressions/known', location, message, inFile(exceptedIn));
      } else if (until !== undefined && until < today) {
        const message = `suppression of ${rule} expired on ${until}`;
        told.tell('suppressions/current', location, message);
      } else {
        return [{ rule, location, lines, reason, isUsed: false }];
      }
      return [];
    }),
  );
}

function commentsIn({ sources, texts = [] }: Repository, told: Teller): SuppressionComment[] {
  const read = [
    ...sources.map((file) => suppressionsIn(file, true)),
    ...texts.map((file) => suppressionsIn(file, /\.(ya?ml|json)$/.test(file.path))),
  ];
  for (const { location, message } of read.flatMap(({ faults }) => faults)) {
    told.tell('suppressions/well-formed', location, message);
  }
  return read.flatMap(({ suppressions }) => suppressions);
}

function fixFor(name: string, ids: Iterable<string>): string | undefined {
  const all = [...ids];
  if (all.some((id) => id.startsWith(`${name}/`)) || name.endsWith('*')) {
    return 'Name the rules one by one; a whole group would hide what nobody has looked at.';
  }
  const near = nearest(name, all);
  return near && `Did you mean "${near}"?`;
}

function inFile(exceptedIn: string): string {
  return `Record the exception in ${exceptedIn}, which the cluster sees too.`;
}

function bySuppression(finding: Finding, live: readonly Live[]): Finding {
  const { rule, location } = finding;
  const own = live.filter(
    (one) =>
      one.rule === rule && one.location.file === location.file && one.lines.includes(location.line),
  );
  if (own.length === 0) return finding;
  for (const one of own) one.isUsed = true;
  const justification = own.map(({ reason }) => reason).join('; ');
  return { ...finding, suppression: { kind: 'inSource', justification } };
}

function tellStale(baseline: Baseline, findings: readonly Finding[], run: Run, told: Teller): void {
  const [first, ...others] = staleEntries(baseline, findings, run.applied);
  if (!first) return;
  const location = { file: baseline.file, line: lineOf(first, baseline), column: 1 };
  const gone = others.length === 0 ? 'is' : 'are';
  const message = `${counted(others.length + 1, 'finding')} of the baseline ${gone} gone`;
  told.tell('suppressions/baseline-current', location, message);
}

/** Only then what is not found is not there. */
function isWhole(options: SettleOptions): boolean {
  const { paths = [], clusters = [], given = [], ignoreFiles = [], schemas } = options;
  const left = [...paths, ...clusters, ...given, ...ignoreFiles, ...(schemas?.skip ?? [])];
  return left.length === 0 && !options.keeps && options.kubernetesVersion === undefined;
}

/** Nothing is sure of a rule that was not applied, nor where a build failed or is not the last word. */
function isSure({ rule, location }: Live, { repository, applied }: Run): boolean {
  const readers = repository.rendered.filter(({ files }) => files.includes(location.file));
  return (
    applied.some(({ id }) => id === rule) &&
    readers.every(({ failures, target }) => failures.length === 0 && !target.changedBy)
  );
}

interface Teller {
  readonly findings: Finding[];
  tell(rule: string, location: Location, message: string, fix?: string): void;
}

/** Makes findings of the rules that were applied, and of no others. */
function teller({ repository, applied }: Run, levels: SettleOptions['levels']): Teller {
  const findings: Finding[] = [];
  const targetsOf = targetIndex(repository);
  return {
    findings,
    tell(id, location, message, fix) {
      const rule = applied.find((one) => one.id === id);
      if (!rule) return;
      const finding = {
        rule: id,
        severity: levels?.[id] ?? rule.severity,
        message,
        fix: fix ?? rule.fix,
        docs: rule.docs,
        location,
        certainty: 'exact' as const,
        related: [],
        ...targetsOf(location.file),
      };
      findings.push({ ...finding, fingerprint: fingerprintOf(finding) });
    },
  };
}
