import type { RepositoryRule } from '../../model.ts';
import { secretFileKind } from '../../secrets/secret-files.ts';
import { sensitive } from '../../secrets/sensitive.ts';

export const filesUntracked: RepositoryRule = {
  id: 'secrets/files-untracked',
  scope: 'repository',
  severity: 'error',
  summary: 'Private keys, env files with credentials, kubeconfigs and their like are not in Git.',
  why: 'Whoever can read the repository, or ever could, has the key.',
  fix: 'Remove it from Git, name it in .gitignore, and rotate what was in it.',
  docs: 'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository',
  aliases: ['SEC009'],

  *check({ texts = [] }) {
    for (const { path, text } of texts) {
      const kind = secretFileKind(path, sensitive(text));
      if (!kind) continue;
      const location = { file: path, line: 1, column: 1 };
      yield { location, message: `${kind} is tracked` };
    }
  },
};
