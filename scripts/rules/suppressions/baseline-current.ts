import type { RepositoryRule } from '../../model.ts';

/** Decided in `check/settle.ts`, when it is known what all other rules found. */
export const baselineCurrent: RepositoryRule = {
  id: 'suppressions/baseline-current',
  scope: 'repository',
  severity: 'note',
  summary: 'The baseline lists only findings that are still there.',
  why: 'What was mended may come back, and an entry that is left would hide it. A baseline only ever shrinks.',
  fix: 'Run `presync baseline`, which takes away what is not found any more.',
  docs: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html',

  *check() {},
};
