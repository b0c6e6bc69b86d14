import type { ClusterRule } from '../../model.ts';
import { verdictsOf } from '../../secrets/verdicts.ts';
import { readsOf, severityOf } from '../../secrets/wording.ts';

export const secretInNamespace: ClusterRule = {
  id: 'references/secret-in-namespace',
  scope: 'cluster',
  severity: 'error',
  summary: 'A Secret is made in the namespace of what reads it.',
  why: 'Pods, Ingresses and most controllers read Secrets of their own namespace only.',
  fix: 'Make it there too, by an ExternalSecret in each namespace or one ClusterExternalSecret.',
  docs: 'https://kubernetes.io/docs/concepts/configuration/secret/#details',
  aliases: ['REF403'],

  *check(view) {
    for (const verdict of verdictsOf(view)) {
      if (verdict.fault !== 'elsewhere') continue;
      const { reference, producer } = verdict;
      const { kind, name } = producer.manifest;
      const where = producer.selectors
        ? `${kind} ${name} does not make in that namespace: its labels match no selector`
        : `is made in namespace ${producer.namespace}`;
      yield {
        manifest: reference.manifest,
        path: reference.path,
        message: `${readsOf(reference)}, which ${where}`,
        severity: severityOf(reference, 'error'),
        ...(producer.selectors && {
          fix: `Give the namespace the labels that ${kind} ${name} selects, or name it under \`spec.namespaces\` there.`,
        }),
      };
    }
  },
};
