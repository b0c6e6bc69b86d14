import { clusterFileName } from '../kubernetes/cluster-file.ts';
import type { ClusterView, FieldPath, Manifest, Problem, Severity } from '../model.ts';
import { nearest } from '../shared/nearest.ts';
import { type ClusterIndex, clusterIndexOf } from './cluster-index.ts';

/** A place that names an object of another kind. */
export interface NamedReference {
  readonly manifest: Manifest;
  readonly path: FieldPath;
  /** Who names it, as messages begin: `volume config`. */
  readonly by: string;
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** Whether its kind is in no namespace. */
  readonly isGlobal?: boolean;
  /** Where it is looked for; absent when only the engine knows, and for what is in none. */
  readonly namespace?: string | undefined;
  /** Whether things go on without it: then only a slip is told, as a note. */
  readonly optional?: boolean;
  readonly severity?: Severity;
}

/** In every namespace: Kubernetes' own, and what Istio and OpenShift put there. */
const everywhere: ReadonlySet<string> = new Set([
  '/ConfigMap/istio-ca-root-cert',
  '/ConfigMap/kube-root-ca.crt',
  '/ConfigMap/openshift-service-ca.crt',
  '/ServiceAccount/default',
]);

/**
 * The references of a cluster that lead nowhere, once everybody else who may have made the
 * object is ruled out. Nothing when not all of the cluster is seen.
 */
export function* missingOf(
  view: ClusterView,
  references: Iterable<NamedReference>,
): Generator<Problem> {
  const index = clusterIndexOf(view);
  if (!index.complete) return;
  for (const reference of references) {
    if (isThere(index, reference)) continue;
    const { manifest, path, by, kind, name, namespace, optional, severity } = reference;
    const fix = remedyOf(index, reference);
    if ((optional || !isDescribed(view)) && !fix) continue;
    const told = optional ? 'note' : severity;
    yield {
      manifest,
      path,
      message: `${by} names ${kind} ${namespace ? `${namespace}/` : ''}${name}, which nothing makes`,
      ...(fix && { fix }),
      ...(told && { severity: told }),
    };
  }
}

/** Where no `cluster.yaml` says what else is in a cluster, only what looks like a slip is told. */
function isDescribed({ cluster }: ClusterView): boolean {
  return cluster?.file.endsWith(`/${clusterFileName}`) ?? false;
}

/** Whether the object is there or may be, made by somebody else. */
function isThere(index: ClusterIndex, reference: NamedReference): boolean {
  const { group, kind, name, namespace, isGlobal } = reference;
  if (everywhere.has(`${group}/${kind}/${name}`)) return true;
  if (index.find(group, kind, name, isGlobal ? undefined : namespace)) return true;
  return isGlobal
    ? index.elsewhere.mayHoldGlobally(kind, name)
    : index.elsewhere.mayHold(kind, name, namespace);
}

/** Comparing thousands of names with thousands of others takes minutes. */
const mostCandidates = 300;

/** What was probably meant. */
function remedyOf(index: ClusterIndex, reference: NamedReference): string | undefined {
  const { group, kind, name, namespace, isGlobal } = reference;
  const all = index.objects(group, kind);
  const sibling = kind.startsWith('Cluster') ? kind.slice('Cluster'.length) : `Cluster${kind}`;
  if (index.find(group, sibling, name, namespace)) {
    return `There is a ${sibling} of that name: set its kind where the name stands.`;
  }
  const near = all
    .filter((one) => isGlobal || one.namespace === namespace)
    .slice(0, mostCandidates)
    .map((one) => one.name);
  // kustomize follows names of generated objects only into the fields and files of its own build.
  const generated = near.find((one) => one.replace(/-[a-z0-9]{10}$/, '') === name);
  if (generated) {
    return `It is generated as ${generated}: name it in the same kustomization, or switch off the hash.`;
  }
  const meant = nearest(name, near);
  if (meant) return `Did you mean "${meant}"?`;
  const other = all.find((one) => one.name === name);
  if (!other?.namespace || isGlobal) return undefined;
  return `There is one in namespace ${other.namespace}, and it is looked for in ${namespace}.`;
}
