import type { RepositoryRule } from '../../model.ts';

/** Decided in `check/settle.ts`, when it is known what all other rules found. */
export const wellFormed: RepositoryRule = {
  id: 'suppressions/well-formed',
  scope: 'repository',
  severity: 'warning',
  summary: 'Every suppression names its rules and gives a reason.',
  why: 'A suppression that is not understood suppresses nothing, and one without a reason is a riddle to whoever comes next.',
  fix: 'Write `# presync-ignore <rule>: <reason>`, and `(until YYYY-MM-DD)` after the reason when it is for a time.',
  docs: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html',

  *check() {},
};
