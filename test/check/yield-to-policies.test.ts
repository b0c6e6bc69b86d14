import { expect, test } from 'vitest';
import { yieldToPolicies } from '../../scripts/check/yield-to-policies.ts';
import type { Manifest, Rule, Severity, Target } from '../../scripts/model.ts';
import { rules } from '../../scripts/rules/registry.ts';

function ruleOf(id: string): Rule {
  const rule = rules.find((one) => one.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  return rule;
}

const yielding = ruleOf('images/pinned-tag');
const policies = ruleOf('policies/satisfied');

const target = { name: 'app', path: 'app', clusters: ['dev', 'prod'] } as unknown as Target;
const pod: Manifest = { target, apiVersion: 'v1', kind: 'Pod', name: 'web', data: {} };

const image = ['spec', 'containers', 0, 'image'] as const;
const tag = { rule: yielding, problem: { manifest: pod, path: image, message: 'no tag' } };

function refusal(cluster: string, path: readonly (string | number)[], severity?: Severity) {
  const problem = { manifest: pod, path, message: 'refused', ...(severity && { severity }) };
  return { rule: policies, cluster, problem };
}

test.for([
  ['refused in every cluster', [refusal('dev', image), refusal('prod', image)], false],
  ['warned of in one of them', [refusal('dev', image), refusal('prod', image, 'warning')], false],
  ['refused in one cluster of two', [refusal('prod', image)], true],
  ['only audited', [refusal('dev', image, 'note'), refusal('prod', image, 'note')], true],
  ['refused for another field', [refusal('dev', ['spec']), refusal('prod', ['spec'])], true],
  ['not refused', [], true],
] as const)('what is %s', ([, refusals, isTold]) => {
  expect(yieldToPolicies([tag, ...refusals])).toEqual([...(isTold ? [tag] : []), ...refusals]);
});

test('other rules do not yield', () => {
  const other = { ...tag, rule: ruleOf('schema/valid') };
  const all = [other, refusal('dev', image), refusal('prod', image)];
  expect(yieldToPolicies(all)).toEqual(all);
});
