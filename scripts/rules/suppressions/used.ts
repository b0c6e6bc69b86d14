import type { RepositoryRule } from '../../model.ts';

/** Decided in `check/settle.ts`, when it is known what all other rules found. */
export const used: RepositoryRule = {
  id: 'suppressions/used',
  scope: 'repository',
  severity: 'warning',
  summary: 'Every suppression suppresses something.',
  why: 'What was mended may come back, and the comment that is left would hide it.',
  fix: 'Remove the comment, or put it at the end of the line of the finding or directly above it.',
  docs: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html',

  *check() {},
};
