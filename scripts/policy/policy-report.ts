import type { Problem } from '../model.ts';

/** What there is to say about policies and of what they decide, by the rule that says it. */
export interface PolicyReport {
  /** What policies refuse. */
  readonly satisfied: readonly Problem[];
  /** What only a cluster can decide. */
  readonly decidable: readonly Problem[];
  /** Namespaces of which policies would have to know the labels. */
  readonly namespacesKnown: readonly Problem[];
  /** Expressions that do not compile. */
  readonly compiled: readonly Problem[];
  /** Expressions that cannot be right for a kind they are about. */
  readonly typed: readonly Problem[];
  /** Validations without words of their own. */
  readonly explained: readonly Problem[];
  /** Exceptions that are wrong, over or needless. */
  readonly excepted: readonly Problem[];
  /** Kyverno's policies, and whether the API server could decide by them. */
  readonly portable: readonly Problem[];
  /** Policies without bindings, and bindings without policies. */
  readonly bound: readonly Problem[];
}

/** Nothing to say. */
export const emptyReport: PolicyReport = {
  satisfied: [],
  decidable: [],
  namespacesKnown: [],
  compiled: [],
  typed: [],
  explained: [],
  excepted: [],
  portable: [],
  bound: [],
};

/** What several reports say together. */
export function joined(reports: readonly PolicyReport[]): PolicyReport {
  const names = Object.keys(emptyReport) as (keyof PolicyReport)[];
  return Object.fromEntries(
    names.map((name) => [name, reports.flatMap((report) => report[name])]),
  ) as unknown as PolicyReport;
}

const longest = 500;

/** The words of a policy as one clause on one line. */
export function clause(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const cut = line.length > longest ? `${line.slice(0, longest)}…` : line;
  return cut.replace(/[.\s]+$/, '');
}
