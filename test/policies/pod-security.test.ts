import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compilePolicy } from '../../scripts/policy/compile-policy.ts';
import { type BoundPolicy, decide } from '../../scripts/policy/decide.ts';
import { serverView } from '../../scripts/policy/server-view.ts';
import { asKind } from '../../scripts/policy/testing/as-kind.ts';
import type { KubernetesObject } from '../../scripts/policy/types.ts';
import { resourceOf } from '../../scripts/schema/resources.ts';
import { root } from '../repository.ts';
import { baseline } from './pod-security-baseline.ts';
import type { PodPart } from './pod-security-parts.ts';
import { restricted } from './pod-security-restricted.ts';

const kinds = [
  ...['Pod', 'PodTemplate', 'ReplicationController', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  ...['DaemonSet', 'Job', 'CronJob'],
];
const levels = {
  baseline: [policy('baseline')],
  restricted: [policy('baseline'), policy('restricted')],
};

/** The policy as it is synced, bound to everything. */
function policy(level: string): BoundPolicy {
  const name = `pod-security-${level}`;
  const file = join(root, 'policies/base', name, 'policy.yaml');
  const { spec } = parse(readFileSync(file, 'utf8'));
  const compiled = compilePolicy(spec, '1.34');
  expect(compiled.problems).toEqual([]);
  const paramRef = { name: 'policy-params', namespace: 'policy-system' };
  const binding = { name, spec: { paramRef, validationActions: ['Deny'] as const } };
  return { name, policy: compiled, bindings: [binding] };
}

/** A pod that the restricted level admits, with parts of it replaced. */
function pod({ annotations, ...part }: PodPart): KubernetesObject {
  const common = {
    name: 'web',
    image: 'registry.example.com/web:1.2.3',
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
  const lists = { containers: [{}], ...part } as Record<string, unknown>;
  for (const list of ['containers', 'initContainers', 'ephemeralContainers']) {
    if (!(list in lists)) continue;
    lists[list] = (lists[list] as PodPart[]).map((one) => ({
      ...common,
      ...one,
      securityContext: { ...common.securityContext, ...(one.securityContext as PodPart) },
    }));
  }
  const secure = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
  const spec = { ...lists, securityContext: { ...secure, ...(part.securityContext as PodPart) } };
  const metadata = { name: 'web', namespace: 'shop', ...(annotations ? { annotations } : {}) };
  // As a manifest is read: what is not defined is not there.
  return JSON.parse(JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata, spec }));
}

/** What the policies of a level say of a pod in an object of some kind. */
function verdict(level: keyof typeof levels, part: PodPart, kind: string): string[] {
  const written = asKind(pod(part), kind);
  const { apiVersion } = written as { apiVersion: string };
  const { plural, namespaced } = resourceOf(apiVersion, kind, '1.34') ?? {};
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  const params = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'policy-params', namespace: 'policy-system' },
    data: {},
  };
  const resource = { group, version, resource: plural ?? '' };
  const said = decide(
    levels[level],
    { operation: 'CREATE', object: serverView(written), resource, namespaced: namespaced ?? false },
    [params],
  );
  return said.map(({ policy, kind, message }) => `${policy} ${kind}: ${message}`);
}

test('a pod that asks for nothing is admitted', () => {
  for (const kind of kinds) expect(verdict('restricted', {}, kind)).toEqual([]);
});

test('the tables have every control of the standards', () => {
  expect([baseline.length, restricted.length]).toEqual([12, 7]);
});

const controls = [
  ...baseline.map((control) => ({ ...control, level: 'baseline' as const })),
  ...restricted.map((control) => ({ ...control, level: 'restricted' as const })),
];

describe.for(controls)('$level, $name', ({ level, bad, good }) => {
  const own = `pod-security-${level} denied: `;

  test.for(bad.map((part) => [JSON.stringify(part), part] as const))('refuses %s', ([, part]) => {
    for (const kind of kinds) {
      const said = verdict(level, part, kind);
      expect(said.filter((one) => one.startsWith(own)).length, kind).toBeGreaterThan(0);
      expect(said.filter((one) => !one.includes(' denied: '))).toEqual([]);
    }
  });

  test.for(good.map((part) => [JSON.stringify(part), part] as const))('admits %s', ([, part]) => {
    for (const kind of kinds) expect(verdict(level, part, kind), kind).toEqual([]);
  });
});

test('an unmasked /proc is for pods with users of their own, and not for the restricted level', () => {
  const part = { hostUsers: false, containers: [{ securityContext: { procMount: 'Unmasked' } }] };
  expect(verdict('baseline', part, 'Pod')).toEqual([]);
  expect(verdict('restricted', part, 'Pod')).toEqual([
    'pod-security-restricted denied: container "web" has procMount Unmasked',
  ]);
});
