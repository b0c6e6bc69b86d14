import type { Manifest } from '../model.ts';
import { type Fault, quoted } from './faults.ts';
import { textAt } from './fields.ts';
import { groupOf } from './manifests.ts';
import {
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  pathSegment,
  type Syntax,
  syntaxFault,
} from './names.ts';

/** What the API server asks of the names of a kind. */
export interface NameRule {
  readonly syntax: Syntax;
  /** Whether Kubernetes itself has the kind, so that it surely is an object with a name. */
  readonly isBuiltIn: boolean;
  /** What else is asked of a name that has the syntax. */
  more(name: string): Iterable<Fault>;
}

/** Groups of Kubernetes whose names are DNS subdomains, but for the kinds below. */
const groups: ReadonlySet<string> = new Set([
  '', 'admissionregistration.k8s.io', 'apiextensions.k8s.io', 'apiregistration.k8s.io', 'apps',
  'autoscaling', 'batch', 'coordination.k8s.io', 'discovery.k8s.io', 'networking.k8s.io',
  'node.k8s.io', 'policy', 'rbac.authorization.k8s.io', 'scheduling.k8s.io', 'storage.k8s.io',
]); // biome-ignore format: a table

const exceptions: Readonly<Record<string, Syntax>> = {
  '/Namespace': dnsLabel,
  '/Service': dnsLabel,
  '/Event': pathSegment,
  'networking.k8s.io/IPAddress': pathSegment,
  'storage.k8s.io/CSIDriver': pathSegment,
};

/** How the objects of a kind are named; undefined where that is not known. */
export function nameRuleOf({ apiVersion, kind, data }: Manifest): NameRule | undefined {
  const group = groupOf(apiVersion);
  const isBuiltIn = isOfKubernetes(apiVersion);
  if (!isBuiltIn) {
    // What is no built-in group is that of a CRD, which has a dot and is none of Kubernetes' own.
    const isOwn = group.endsWith('.k8s.io') && !group.endsWith('.networking.k8s.io');
    const isCustom = group.includes('.') && !isOwn;
    return isCustom ? { syntax: dnsSubdomain, isBuiltIn, more: () => [] } : undefined;
  }
  const key = `${group}/${kind}`;
  const special = Object.hasOwn(exceptions, key) ? exceptions[key] : undefined;
  const syntax = group.startsWith('rbac.') ? pathSegment : (special ?? dnsSubdomain);
  return { syntax, isBuiltIn, more: (name) => further(key, name, data) };
}

/** Whether the common groups of Kubernetes itself have an apiVersion. */
export function isOfKubernetes(apiVersion: string): boolean {
  const group = groupOf(apiVersion);
  return groups.has(group) && (group !== '' || apiVersion === 'v1');
}

const path = ['metadata', 'name'];

function* further(key: string, name: string, data: Manifest['data']): Generator<Fault> {
  const said = `name ${quoted(name)}`;
  if (key === '/Service' && syntaxFault(name, dns1035Label)) {
    const message = `${said} does not begin with a letter, and Kubernetes refuses that before 1.36`;
    yield { path, message, fix: dns1035Label.fix, severity: 'warning' };
  }
  if (key === 'batch/CronJob' && name.length > 52) {
    const message = `${said} has ${name.length} characters, and that of a CronJob at most 52`;
    yield { path, message, fix: 'Its Jobs add 11 characters to it.' };
  }
  if (key === 'batch/Job' && name.length > 63) {
    const message = `${said} has ${name.length} characters, and that of a Job at most 63`;
    yield { path, message, fix: 'It becomes a label of the pods.' };
  }
  const critical = ['system-node-critical', 'system-cluster-critical'];
  if (key === 'scheduling.k8s.io/PriorityClass' && name.startsWith('system-')) {
    const message = `${said} begins with "system-", which is kept for Kubernetes`;
    if (!critical.includes(name)) yield { path, message };
  }
  const made = madeName(key, data);
  if (made !== undefined && made !== name) {
    yield { path, message: `${said} is not "${made}", as its spec wants`, fix: `Name it ${made}.` };
  }
}

/** Names that are made of what the object says. */
function madeName(key: string, data: Manifest['data']): string | undefined {
  const group = textAt(data, ['spec', 'group']);
  const first =
    key === 'apiextensions.k8s.io/CustomResourceDefinition'
      ? textAt(data, ['spec', 'names', 'plural'])
      : key === 'apiregistration.k8s.io/APIService'
        ? textAt(data, ['spec', 'version'])
        : undefined;
  if (first === undefined || group === undefined) return undefined;
  // The core group's APIService is named "v1." and made by the API server itself.
  return `${first}.${group}`;
}
