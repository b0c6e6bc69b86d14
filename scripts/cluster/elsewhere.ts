import { isRecord, recordAt, valueAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { Manifest } from '../model.ts';
import { valuesAt } from '../secrets/paths.ts';
import { isName } from '../secrets/reference.ts';
import { type Chart, mayBring } from './charts.ts';
import type { KnownNamespace } from './namespaces.ts';

/** What charts, operators and others may have put into a cluster without Git showing it. */
export interface Elsewhere {
  /** Whether others than Git and the operators it feeds put objects into a namespace. */
  isOpen(namespace: string | undefined): boolean;
  /** Whether something else may have made an object of that name in a namespace. */
  mayHold(kind: string, name: string, namespace: string | undefined): boolean;
  /** Whether something else may have made an object of that name that is in no namespace. */
  mayHoldGlobally(kind: string, name: string): boolean;
  /**
   * Whether a namespace may have pods that Git does not show.
   *
   * @param values of the labels that are looked for: pods of an external Service are taken to
   *   have some that resemble its name. Without them any pods count.
   */
  mayHavePods(namespace: string | undefined, values?: readonly string[]): boolean;
}

/** What decides it. */
export interface Known {
  readonly complete: boolean;
  readonly manifests: readonly Manifest[];
  readonly charts: readonly Chart[];
  readonly namespaces: ReadonlyMap<string, KnownNamespace>;
  readonly externalServices: ReadonlyMap<string, unknown>;
}

/** Groups whose controllers make no objects for others to refer to, besides what presync follows. */
const followed: ReadonlySet<string> = new Set([
  '', 'admissionregistration.k8s.io', 'apiextensions.k8s.io', 'apiregistration.k8s.io', 'apps',
  'argoproj.io', 'autoscaling', 'autoscaling.k8s.io', 'batch', 'bitnami.com', 'cert-manager.io',
  'external-secrets.io', 'gateway.networking.k8s.io', 'helm.toolkit.fluxcd.io', 'keda.sh',
  'kustomize.toolkit.fluxcd.io', 'networking.k8s.io', 'node.k8s.io', 'policy',
  'rbac.authorization.k8s.io', 'scheduling.k8s.io', 'source.toolkit.fluxcd.io', 'storage.k8s.io',
]); // biome-ignore format: a table

/** Kinds of `followed` groups that make pods or objects all the same. */
const makers: ReadonlySet<string> = new Set(['Gateway', 'Rollout', 'Workflow', 'CronWorkflow']);

/** Monitors and rules configure a Prometheus; the other kinds of their group run one. */
const configures = /^(ServiceMonitor|PodMonitor|Probe|ScrapeConfig|PrometheusRule|Alertmanager)/;

const copied = /reflect|replicat|kubed|mirror|kopf|syncer/i;

/** Reads who else makes objects in a cluster. */
export function elsewhereOf(known: Known): Elsewhere {
  const { complete, manifests, charts, namespaces, externalServices } = known;
  const operated = manifests.filter(isOperated);
  const installed = new Set(charts.map(({ namespace }) => namespace));
  const isOpen = (namespace: string | undefined) =>
    !complete ||
    namespace === undefined ||
    installed.has(namespace) ||
    installed.has(undefined) ||
    namespaces.get(namespace)?.isExternal === true ||
    namespace.startsWith('kube-');
  const operators = Map.groupBy(operated, ({ namespace }) => namespace);
  const told = new Map([...operators].map(([namespace, some]) => [namespace, namesOf(some)]));
  const byOperator = (name: string, namespace: string | undefined) => {
    const near =
      namespace === undefined ? told.values() : [told.get(namespace), told.get(undefined)];
    for (const one of near) {
      if (one?.values.has(name) || one?.names.some((own) => name.includes(own))) return true;
    }
    return false;
  };
  const copies = new Set(manifests.filter(isCopied).map(({ kind, name }) => `${kind}/${name}`));
  return {
    isOpen,
    mayHold: (kind, name, namespace) =>
      !isName(name) ||
      isOpen(namespace) ||
      byOperator(name, namespace) ||
      copies.has(`${kind}/${name}`),
    mayHoldGlobally: (kind, name) =>
      !complete ||
      !isName(name) ||
      charts.some((one) => mayBring(one, kind)) ||
      byOperator(name, undefined),
    mayHavePods: (namespace, values) =>
      isOpen(namespace) ||
      [...externalServices.keys()].some((one) => couldServe(one, namespace, values)) ||
      operated.some((one) => isNear(one, namespace) && couldRun(one)),
  };
}

function isOperated({ apiVersion, kind }: Manifest): boolean {
  const group = groupOf(apiVersion);
  if (group === 'monitoring.coreos.com') return !configures.test(kind);
  return !followed.has(group) || makers.has(kind);
}

function isNear(one: Manifest, namespace: string | undefined): boolean {
  return one.namespace === undefined || namespace === undefined || one.namespace === namespace;
}

/** Operators name what they make after their resource, or as it says. */
function namesOf(operated: readonly Manifest[]) {
  return {
    names: [...new Set(operated.map(({ name }) => name))].filter((name) => name !== ''),
    values: new Set(
      operated.flatMap(({ data }) =>
        valuesAt(recordAt(data, ['spec']), '**').map(({ value }) => value),
      ),
    ),
  };
}

/** Whether the pods of a declared Service may be meant. */
function couldServe(service: string, namespace: string | undefined, values?: readonly string[]) {
  const [of, name = ''] = service.split('/');
  if (of !== namespace) return false;
  return !values || values.some((one) => name.includes(one) || one.includes(name));
}

const runs = ['template', 'podTemplate', 'replicas', 'instances', 'size', 'image', 'nodeSets'];

function couldRun({ data }: Manifest): boolean {
  const spec = valueAt(data, ['spec']);
  return isRecord(spec) && runs.some((field) => Object.hasOwn(spec, field));
}

/** Whether a controller copies an object into other namespaces. */
function isCopied({ data }: Manifest): boolean {
  return Object.keys(recordAt(data, ['metadata', 'annotations'])).some((key) => copied.test(key));
}
