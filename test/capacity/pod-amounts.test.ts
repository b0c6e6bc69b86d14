import { expect, test } from 'vitest';
import { amountText } from '../../scripts/capacity/amount-text.ts';
import { amountsOf } from '../../scripts/capacity/amounts.ts';
import { podAmounts } from '../../scripts/capacity/pod-amounts.ts';
import { podTemplateOf } from '../../scripts/kubernetes/pod-templates.ts';

/** CPU requests and limits of a pod with this spec, in cores. */
function cpuOf(spec: object, runtime?: object): [string, string] {
  const manifest = { apiVersion: 'v1', kind: 'Pod', name: 'a', data: { metadata: {}, spec } };
  const pod = podTemplateOf(manifest);
  if (!pod) throw new Error('this is no pod');
  const { requests, limits } = podAmounts(pod, [], runtime && amountsOf(runtime));
  const text = (amount = 0n) => amountText('cpu', amount);
  return [text(requests.get('cpu')), text(limits.get('cpu'))];
}

const asks = (cpu: string, more: object = {}) => ({
  name: 'a',
  resources: { requests: { cpu }, limits: { cpu } },
  ...more,
});
const sidecar = { restartPolicy: 'Always' };

test.for<[string, object, [string, string]]>([
  ['containers add up', { containers: [asks('1'), asks('500m')] }, ['1.5', '1.5']],
  ['a limit is the request that is left out', { containers: [{ resources: { limits: { cpu: 2 } } }] }, ['2', '2']],
  ['a small init container is nothing', { initContainers: [asks('1')], containers: [asks('2')] }, ['2', '2']],
  ['the largest init container counts alone', { initContainers: [asks('3'), asks('4')], containers: [asks('2')] }, ['4', '4']],
  ['a sidecar stays', { initContainers: [asks('1', sidecar)], containers: [asks('2')] }, ['3', '3']],
  ['an init container after a sidecar runs beside it', { initContainers: [asks('1', sidecar), asks('3')], containers: [asks('2')] }, ['4', '4']],
  ['an init container before a sidecar does not', { initContainers: [asks('3'), asks('1', sidecar)], containers: [asks('1')] }, ['3', '3']],
  ['amounts of the pod decide', { resources: { limits: { cpu: '5' } }, containers: [asks('1')] }, ['5', '5']],
  ['the overhead comes on top', { overhead: { cpu: '250m' }, containers: [asks('1')] }, ['1.25', '1.25']],
  ['the overhead limits nothing by itself', { overhead: { cpu: '250m' }, containers: [{}] }, ['0.25', '0']],
])('%s', ([, spec, expected]) => {
  expect(cpuOf(spec)).toEqual(expected);
}); // biome-ignore format: a table

test('the overhead of a runtime class counts where the pod has none', () => {
  expect(cpuOf({ containers: [asks('1')] }, { cpu: '100m' })).toEqual(['1.1', '1.1']);
});

test.for([
  ['cpu', 1_650_000_000n, '1.65'],
  ['requests.memory', 44_761_612_288n * 1_000_000_000n, '41.69Gi'],
  ['limits.memory', 2n ** 30n * 1_000_000_000n, '1Gi'],
  ['memory', 512n * 1_000_000_000n, '512'],
  ['fast.storageclass.storage.k8s.io/requests.storage', 2n ** 41n * 1_000_000_000n, '2Ti'],
  ['count/secrets', 7_000_000_000n, '7'],
  ['requests.cpu', 1n, '0.001'],
] as const)('%s is told as %s', ([name, amount, text]) => {
  expect(amountText(name, amount)).toBe(text);
});
