import { listAt, recordAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest } from '../../model.ts';
import { contractOf } from '../../secrets/contract.ts';
import { externalSecretSpecOf } from '../../secrets/external-secret.ts';
import { podReferencesOf } from '../../secrets/pod-references.ts';
import { podSpecOf } from '../../secrets/pod-specs.ts';
import type { SecretProducer } from '../../secrets/producer.ts';

export const secretRollout: ClusterRule = {
  id: 'references/secret-rollout',
  scope: 'cluster',
  severity: 'note',
  summary: 'Pods are replaced when a Secret that is their environment changes.',
  why: 'A Secret that keeps its name when it changes reaches variables only when a pod happens to restart: a rotated password stays unknown until then.',
  fix: 'Let Reloader or a checksum annotation restart the pods, mount the Secret as a volume, or leave `disableNameSuffixHash` away.',
  docs: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-environment-variables',
  aliases: ['REF408'],
  // Many restart their pods by other means, which Git does not show.
  optIn: true,

  *check(view) {
    const { rendered, sources = [] } = view;
    const contract = contractOf(view);
    const documents = new Map(sources.map((file) => [file.path, file.documents[0]]));
    for (const { manifests, files } of rendered) {
      const fixed = new Set(files.flatMap((file) => fixedNames(documents.get(file))));
      for (const workload of manifests) {
        // What starts anew each time reads the new values.
        if (/Job$/.test(workload.kind)) continue;
        const reference = podReferencesOf(workload).find(
          (one) =>
            one.by.startsWith('env') &&
            (fixed.has(one.name) || contract.producersFor(one).some(isChangedInPlace)),
        );
        if (!reference || isRestarted(workload)) continue;
        yield {
          manifest: workload,
          path: reference.path,
          message: `${reference.by} keeps the old values of Secret ${reference.name} when it changes`,
        };
      }
    }
  },
};

/** Whether a controller changes the Secret under its name, now or when Git does. */
function isChangedInPlace({ manifest }: SecretProducer): boolean {
  if (manifest.kind === 'SealedSecret') return true;
  if (groupOf(manifest.apiVersion) !== 'external-secrets.io') return false;
  const spec = externalSecretSpecOf(manifest)?.data;
  const interval = textAt(spec, ['refreshInterval']) ?? '';
  return textAt(spec, ['refreshPolicy']) !== 'CreatedOnce' && !/^0[a-z]*$/.test(interval);
}

/** The generated Secrets whose name stays the same whatever is in them. */
function fixedNames(kustomization: unknown): string[] {
  const everywhere = valueAt(kustomization, ['generatorOptions', 'disableNameSuffixHash']) === true;
  return listAt(kustomization, ['secretGenerator']).flatMap((entry) => {
    const own = valueAt(entry, ['options', 'disableNameSuffixHash']) === true;
    return everywhere || own ? (textAt(entry, ['name']) ?? []) : [];
  });
}

/** By Reloader, or because an annotation of the pods changes with the Secret. */
function isRestarted(workload: Manifest): boolean {
  const pod = podSpecOf(workload);
  const template = pod ? [...pod.path.slice(0, -1), 'metadata', 'annotations'] : [];
  const annotations = {
    ...recordAt(workload.data, ['metadata', 'annotations']),
    ...recordAt(workload.data, template),
  };
  return Object.keys(annotations).some(
    (one) => one.startsWith('reloader.stakater.com/') || /checksum|hash/i.test(one),
  );
}
