import type { RepositoryRule } from '../../model.ts';

/** Decided in `check/settle.ts`, when it is known what all other rules found. */
export const known: RepositoryRule = {
  id: 'suppressions/known',
  scope: 'repository',
  severity: 'warning',
  summary: 'Suppressions name rules that there are, and that a comment can suppress.',
  why: 'A misspelt or removed rule suppresses nothing, and no comment keeps a cluster from enforcing its policies.',
  fix: 'Write the rule as the finding names it; `presync rules` lists all of them.',
  docs: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html',

  *check() {},
};
