import { expect, test } from 'vitest';
import { itemsInstead, parseField } from '../../scripts/kubernetes/field-syntax.ts';

const object = {
  metadata: { labels: { 'app.kubernetes.io/name': 'api', app: 'api' } },
  spec: {
    containers: [
      { name: 'api', image: 'x' },
      { name: 'side', ports: [{ containerPort: 80 }] },
    ],
  },
  data: { '0': 'zero' },
};

test.for([
  ['spec.containers[name=side].name', ['spec', 'containers', 1, 'name']],
  ['spec.containers[1].ports[containerPort=80]', ['spec', 'containers', 1, 'ports', 0]],
  ['spec.containers.1.name', ['spec', 'containers', 1, 'name']],
  ['metadata.labels.app.kubernetes.io/name', ['metadata', 'labels', 'app.kubernetes.io/name']],
  ['metadata.labels["app.kubernetes.io/name"]', ['metadata', 'labels', 'app.kubernetes.io/name']],
  ['metadata.labels.app', ['metadata', 'labels', 'app']],
  ['/metadata/labels/app.kubernetes.io~1name', ['metadata', 'labels', 'app.kubernetes.io/name']],
  ['/spec/containers/0', ['spec', 'containers', 0]],
  ['/data/0', ['data', '0']],
  ['spec.missing.deeper', ['spec', 'missing', 'deeper']],
  ['spec.containers[name=none].image', undefined],
] as const)('%s', ([text, path]) => {
  expect(parseField(text, object)).toEqual(path);
});

test.for([
  ['spec.containers[name=none].image', ['[name=api]', '[name=side]']],
  ['spec.containers[name=side].ports[containerPort=81]', ['[containerPort=80]']],
  ['spec.containers[name=api].image', []],
  ['spec.volumes[name=none]', []],
  // The value of a variable, say, is not told.
  ['spec.containers[image=none]', []],
] as const)('instead of %s there is %j', ([text, items]) => {
  expect(itemsInstead(text, object)).toEqual(items);
});
