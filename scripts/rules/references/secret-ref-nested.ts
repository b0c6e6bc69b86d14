import { isRecord, listAt } from '../../kubernetes/fields.ts';
import type { ManifestRule } from '../../model.ts';
import { containersIn, podSpecOf } from '../../secrets/pod-specs.ts';

export const secretRefNested: ManifestRule = {
  id: 'references/secret-ref-nested',
  scope: 'manifest',
  severity: 'error',
  summary: '`secretKeyRef` stands inside `valueFrom`.',
  why: 'One indent too few makes it an unknown field beside an empty `valueFrom`, and the variable is empty.',
  fix: 'Indent it below `valueFrom`.',
  docs: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables',
  aliases: ['REF406'],

  *check(manifest) {
    const pod = podSpecOf(manifest);
    for (const { name, data, path } of pod ? containersIn(pod) : []) {
      for (const [index, entry] of listAt(data, ['env']).entries()) {
        if (!isRecord(entry)) continue;
        for (const field of ['secretKeyRef', 'configMapKeyRef']) {
          if (!isRecord(entry[field])) continue;
          const message = `${field} of env ${entry.name} of container ${name} stands beside valueFrom`;
          yield { manifest, path: [...path, 'env', index, field], message };
        }
      }
    }
  },
};
