import type { ClusterRule } from '../../model.ts';
import { withoutHash } from '../../secrets/renames.ts';
import { verdictsOf } from '../../secrets/verdicts.ts';
import { readsOf, severityOf } from '../../secrets/wording.ts';

export const secretNameKept: ClusterRule = {
  id: 'references/secret-name-kept',
  scope: 'cluster',
  severity: 'error',
  summary: 'What kustomize renames is renamed in everything that reads it.',
  why: 'kustomize follows names only between built-in kinds: prefixes and hashes part an ExternalSecret, a store or a KEDA trigger from its Secret.',
  fix: 'Set `target.name` in the ExternalSecret, leave the prefix or hash away, or ship a `nameReference` configuration.',
  docs: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/nameprefix/',
  aliases: ['REF405'],

  *check(view) {
    for (const verdict of verdictsOf(view)) {
      if (verdict.fault !== 'renamed') continue;
      const { reference, producer } = verdict;
      const { kind, name } = producer.manifest;
      yield {
        manifest: reference.manifest,
        path: reference.path,
        message: `${readsOf(reference)}, which kustomize renamed to ${withoutHash(producer.name)}`,
        severity: severityOf(reference, 'error'),
        ...(kind === 'ExternalSecret' && {
          fix: `Set \`target.name\` of ExternalSecret ${name}: kustomize leaves that alone.`,
        }),
      };
    }
  },
};
