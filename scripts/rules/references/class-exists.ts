import { ingressClassesOf } from '../../cluster/charts.ts';
import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import { listAt, textAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, FieldPath, Manifest } from '../../model.ts';
import { podSpecOf } from '../../secrets/pod-specs.ts';
import { nearest } from '../../shared/nearest.ts';

export const classExists: ClusterRule = {
  id: 'references/class-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'Where Git makes the classes of a kind, the one that is named is among them.',
  why: 'Pods of an unknown PriorityClass or RuntimeClass are refused, a claim of an unknown StorageClass waits for ever, and no controller serves an Ingress of an unknown IngressClass.',
  fix: 'Correct the name, or add the class.',
  docs: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    for (const { manifest, kind, name, path } of index.manifests.flatMap(classesOf)) {
      const known = knownOf(index, kind);
      // Providers bring classes: where Git makes none, nobody knows which there are.
      if (known.length === 0 || known.includes(name) || provided[kind]?.test(name)) continue;
      if (index.elsewhere.mayHoldGlobally(kind, name)) continue;
      const meant = nearest(name, known);
      const message = `${path.at(-1)} names ${kind} ${name}, which nothing makes`;
      yield { manifest, path, message, ...(meant && { fix: `Did you mean "${meant}"?` }) };
    }
  },
};

/** Classes that Kubernetes and its providers bring. */
const provided: Readonly<Record<string, RegExp>> = {
  PriorityClass: /^system-(node|cluster)-critical$|^(gke|gmp|aks|eks|openshift)-/,
  StorageClass:
    /^$|^(default|standard|hostpath|local-path|local-storage|gp2|gp3|io[12]|st1|sc1|ebs-.*|efs-.*|premium.*|managed.*|azure.*|do-.*|linode-.*|vultr-.*|hcloud-.*|oci-.*|csi-.*|thin.*|standard-.*|enterprise-.*|zonal-.*)$/,
  IngressClass:
    /^(alb|gce|gce-internal|azure.*|webapprouting\..*|openshift-default|public|private)$/,
  RuntimeClass: /^(gvisor|nvidia|kata.*|runc|crun)$/,
};

const groups: Readonly<Record<string, string>> = {
  PriorityClass: 'scheduling.k8s.io',
  StorageClass: 'storage.k8s.io',
  IngressClass: 'networking.k8s.io',
  RuntimeClass: 'node.k8s.io',
};

function knownOf(index: ClusterIndex, kind: string): string[] {
  const made = index.objects(groups[kind] ?? '', kind).map(({ name }) => name);
  return kind === 'IngressClass' ? [...made, ...ingressClassesOf(index.charts)] : made;
}

interface ClassReference {
  readonly manifest: Manifest;
  readonly kind: string;
  readonly name: string;
  readonly path: FieldPath;
}

function classesOf(manifest: Manifest): ClassReference[] {
  const { apiVersion, kind } = manifest;
  const group = groupOf(apiVersion);
  const pod = podSpecOf(manifest);
  const places: [string, FieldPath][] = pod
    ? [
        ['PriorityClass', [...pod.path, 'priorityClassName']],
        ['RuntimeClass', [...pod.path, 'runtimeClassName']],
        ...listAt(pod.data, ['volumes']).map((_, index): [string, FieldPath] => [
          'StorageClass',
          [...pod.path, 'volumes', index, 'ephemeral', 'volumeClaimTemplate', ...storageClass],
        ]),
      ]
    : [];
  if (group === 'apps' && kind === 'StatefulSet') {
    for (const index of listAt(manifest.data, ['spec', 'volumeClaimTemplates']).keys()) {
      places.push(['StorageClass', ['spec', 'volumeClaimTemplates', index, ...storageClass]]);
    }
  }
  if (group === '' && kind === 'PersistentVolumeClaim') places.push(['StorageClass', storageClass]);
  if (group === 'networking.k8s.io' && kind === 'Ingress') {
    places.push(['IngressClass', ['spec', 'ingressClassName']]);
    places.push(['IngressClass', ['metadata', 'annotations', 'kubernetes.io/ingress.class']]);
  }
  return places.flatMap(([of, path]) => {
    const name = textAt(manifest.data, path);
    return name ? { manifest, kind: of, name, path } : [];
  });
}

const storageClass: readonly string[] = ['spec', 'storageClassName'];
