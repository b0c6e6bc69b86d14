import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { validate } from '../scripts/index.ts';
import { copyRepository, edit, root } from './repository.ts';

/** One slip in the scaling or the capacity of a system, and what must be told of it. */
interface Mistake {
  readonly file: string;
  readonly change: (text: string) => string;
  /** Where it shows, when that is another file. */
  readonly foundIn?: string;
  /** What the line at fault says. */
  readonly line: string;
  /** Rule and message. */
  readonly finding: string;
}

/** One of each rule, in apps and namespaces in which they do not meet. */
const mistakes: readonly Mistake[] = [
  {
    file: 'base/suoke-life/components/scaling-hpa/horizontal-pod-autoscaler-soer.yaml',
    change: (text) => `${text}---\n${text.replace('name: soer-agent\n', 'name: soer-more\n')}`,
    line: 'name: soer-agent',
    finding:
      'scaling/one-autoscaler HorizontalPodAutoscaler suoke-life/soer-agent already scales Deployment soer-agent',
  },
  {
    file: 'base/suoke-life/agents/xiaoke/deployment.yaml',
    change: (text) => text.replace('\nspec:\n', '\nspec:\n  replicas: 2\n'),
    line: 'replicas: 2',
    finding:
      'scaling/replicas-unset replicas is 2, and HorizontalPodAutoscaler suoke-life/xiaoke-agent scales this workload',
  },
  {
    file: 'base/suoke-life/agents/xiaoai/pod-disruption-budget.yaml',
    change: (text) => text.replace('maxUnavailable: 1', 'minAvailable: 10'),
    line: 'minAvailable: 10',
    finding:
      'scaling/budget-allows-eviction minAvailable 10 lets no pod of Deployment suoke-life/xiaoai-agent be evicted, ever',
  },
  {
    file: 'base/ai-assistant/horizontal-pod-autoscaler-live.yaml',
    change: (text) => text.replace('http_requests_per_second', 'http_request_per_second'),
    line: 'name: http_request_per_second',
    finding:
      'scaling/metrics-served metric "http_request_per_second" is served by no rule of prometheus-adapter',
  },
  {
    file: 'base/suoke-life/components/scaling-hpa/horizontal-pod-autoscaler-xiaoai.yaml',
    change: (text) => text.replace('name: memory', 'name: ephemeral-storage'),
    foundIn: 'base/suoke-life/agents/xiaoai/deployment.yaml',
    line: 'resources:',
    finding:
      'scaling/utilization-has-requests container agent requests no ephemeral-storage, and HorizontalPodAutoscaler suoke-life/xiaoai-agent scales by its utilization',
  },
  {
    file: 'base/grading-system/components/scaling-keda/scaled-object.yaml',
    change: (text) => text.replace('minReplicaCount: 2', 'minReplicaCount: 30'),
    line: 'minReplicaCount: 30',
    finding: 'scaling/bounds-ordered minReplicaCount 30 is above maxReplicaCount 20',
  },
  {
    file: 'base/grading-system/deployment-api.yaml',
    change: (text) =>
      text.replace(
        'maxSurge: 1\n      maxUnavailable: 0',
        'maxSurge: 0\n      maxUnavailable: 20%',
      ),
    line: 'maxUnavailable: 20%',
    finding:
      'scaling/rollout-possible maxUnavailable "20%" and maxSurge 0 both come to 0 pods at minimum scale',
  },
  {
    file: 'base/pdf-processor/components/load-high/kustomization.yaml',
    change: (text) => text.replace('value: "44"', 'value: "20"'),
    line: 'value: "20"',
    finding:
      'capacity/quota-fits requests.cpu "20" is below the 21.35 that the namespace needs at maximum scale',
  },
  {
    file: 'base/pdf-processor/limit-range.yaml',
    change: (text) => text.replace('cpu: "4"', 'cpu: "3"'),
    foundIn: 'base/pdf-processor/components/load-high/kustomization.yaml',
    line: 'value:',
    finding:
      'capacity/limit-range-respected container worker has a limit of cpu 4, and LimitRange pdf-processor-limits allows at most 3',
  },
  {
    file: 'base/pdf-processor/components/scaling-keda/scaled-object.yaml',
    change: (text) => text.replace('listLength: "5"', 'listLength: "five"'),
    line: 'listLength: "five"',
    finding: 'scaling/triggers-complete listLength "five" is no whole number',
  },
  {
    file: 'base/grading-system/components/scaling-keda/scaled-object.yaml',
    change: (text) => text.replace('taskQueue:', 'queueName:'),
    line: 'metadata:',
    finding: 'scaling/triggers-complete trigger temporal has no taskQueue',
  },
  {
    file: 'overlays/prod/suoke-life/kustomization.yaml',
    change: (text) => text.replace('\npatches:\n', `\npatches:\n${actingVpa}`),
    foundIn: 'base/suoke-life/components/scaling-hpa/horizontal-pod-autoscaler-xiaoke.yaml',
    line: 'resource:',
    finding:
      'scaling/vpa-leaves-hpa-metrics scales by memory, which VerticalPodAutoscaler suoke-life/xiaoke-agent changes in its mode Recreate',
  },
  {
    file: 'base/pdf-processor/deployment-ingest.yaml',
    change: (text) =>
      text.replace(
        'emptyDir:\n            sizeLimit: 1Gi',
        'persistentVolumeClaim:\n            claimName: uploads',
      ),
    line: 'claimName: uploads',
    finding:
      'scaling/volume-shared claim uploads is ReadWriteOnce, and Deployment go-ingest-service may have several pods at a time',
  },
];

const actingVpa = `  - target:
      kind: VerticalPodAutoscaler
      name: xiaoke-agent
    patch: |-
      - op: replace
        path: /spec/updatePolicy/updateMode
        value: Recreate
      - op: replace
        path: /spec/resourcePolicy/containerPolicies/0/controlledResources
        value: [memory]
`;

const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads
spec:
  accessModes:
    - ReadWriteOnce
  resources:
    requests:
      storage: 1Gi
`;

test('every planted mistake is found, on its line, and nothing else', async () => {
  const folder = copyRepository();
  cpSync(join(root, 'policies'), join(folder, 'policies'), { recursive: true });
  for (const { file, change } of mistakes) edit(folder, file, change);
  // What one of them names.
  const ingest = 'base/pdf-processor';
  writeFileSync(join(folder, ingest, 'claim.yaml'), claim);
  edit(folder, `${ingest}/kustomization.yaml`, (text) =>
    text.replace('resources:\n', 'resources:\n  - claim.yaml\n'),
  );
  const { findings } = await validate({
    root: folder,
    // Policies, and what a sync does to the new claim, have tests of their own.
    selectRule: ({ id, optIn }) => !optIn && !/^(policies|sync)\//.test(id),
  });
  const found = findings.map(({ rule, message, location: { file, line } }) => {
    const lines = readFileSync(join(folder, file), 'utf8').split('\n');
    return `${file}: ${(lines[line - 1] ?? '').trim()}: ${rule} ${message}`;
  });
  const planted = mistakes.map(
    ({ file, foundIn = file, line, finding }) => `${foundIn}: ${line}: ${finding}`,
  );
  expect(found.sort()).toEqual(planted.sort());
});
