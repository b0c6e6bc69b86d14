import { indexesOf } from '../../cluster/cluster-index.ts';
import { grantsOf, type RoleRule, rulesOf } from '../../cluster/grants.ts';
import type { ClusterRule } from '../../model.ts';

export const powersRestrained: ClusterRule = {
  id: 'rbac/powers-restrained',
  scope: 'cluster',
  severity: 'warning',
  summary: 'No ServiceAccount may start pods, run commands in them or read every Secret.',
  why: 'Each of the three leads to the rights of every other account of the namespace, or of the cluster.',
  fix: 'Leave it out of the role; name the Secrets in `resourceNames` and use only `get`.',
  docs: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks',

  *check(view) {
    for (const index of indexesOf(view)) {
      const told = new Set<string>();
      for (const grant of grantsOf(index)) {
        for (const rule of rulesOf(index, grant)) {
          for (const power of powers) {
            if (!allows(rule, power)) continue;
            const message = `lets ${grant.subjects.join(', ')} ${power.does}`;
            const key = JSON.stringify([rule.manifest.kind, rule.manifest.name, message]);
            if (told.has(key)) continue;
            told.add(key);
            yield { manifest: rule.manifest, path: [...rule.path, 'resources'], message };
          }
        }
      }
    }
  },
};

interface Power {
  readonly does: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Whether a rule for some objects by name is fine. */
  readonly isFineByName?: boolean;
}

const powers: readonly Power[] = [
  {
    does: 'run commands in pods',
    resources: ['pods/exec', 'pods/attach', 'pods/*'],
    verbs: ['create', 'get'],
  },
  { does: 'start pods', resources: ['pods'], verbs: ['create'] },
  {
    does: 'read every Secret',
    resources: ['secrets'],
    verbs: ['get', 'list', 'watch'],
    isFineByName: true,
  },
];

/** Policies tell of stars in Roles; those of ClusterRoles they do not see. */
function allows(rule: RoleRule, { resources, verbs, isFineByName }: Power): boolean {
  const star = rule.manifest.kind === 'ClusterRole' ? ['*'] : [];
  const has = (list: readonly unknown[], wanted: readonly string[]) =>
    list.some((one) => [...wanted, ...star].includes(String(one)));
  return (
    has(rule.groups, ['']) &&
    has(rule.resources, resources) &&
    has(rule.verbs, verbs) &&
    !(isFineByName && rule.isNamed)
  );
}
