import { listAt, recordAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import type { ClusterRule, Manifest } from '../../model.ts';
import { podReferencesOf } from '../../secrets/pod-references.ts';
import { podSpecOf } from '../../secrets/pod-specs.ts';

export const secretRollout: ClusterRule = {
  id: 'references/secret-rollout',
  scope: 'cluster',
  severity: 'note',
  summary: 'Pods are replaced when a generated Secret that is their environment changes.',
  why: 'Without the hash in its name a changed Secret reaches variables only when a pod happens to restart.',
  fix: 'Leave `disableNameSuffixHash` away, or let Reloader or a checksum annotation restart the pods.',
  docs: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/generatoroptions/',
  aliases: ['REF408'],
  optIn: true,

  *check({ rendered, sources = [] }) {
    const documents = new Map(sources.map((file) => [file.path, file.documents[0]]));
    for (const { manifests, files } of rendered) {
      const fixed = new Set(files.flatMap((file) => fixedNames(documents.get(file))));
      if (fixed.size === 0) continue;
      for (const workload of manifests) {
        const [reference] = podReferencesOf(workload).filter(
          ({ name, by }) => fixed.has(name) && by.startsWith('env'),
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
