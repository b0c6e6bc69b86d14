import type { RepositoryRule } from '../../model.ts';

/** Decided in `check/settle.ts`, when it is known what all other rules found. */
export const current: RepositoryRule = {
  id: 'suppressions/current',
  scope: 'repository',
  severity: 'warning',
  summary: 'No suppression is past its date.',
  why: 'Somebody meant to have mended it by that day. The finding itself is told again.',
  fix: 'Mend what the rule finds, or give a new reason and date.',
  docs: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html',

  *check() {},
};
