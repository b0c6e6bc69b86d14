import { expect, test } from 'vitest';
import { selects } from '../../scripts/kubernetes/patch-target.ts';

const object = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'api',
  namespace: 'shop',
  data: { metadata: { labels: { tier: 'web', part: 'shop' }, annotations: { owner: 'us' } } },
};

test.for([
  [{}, true],
  [{ kind: 'Deployment' }, true],
  [{ kind: 'Deployment|StatefulSet', name: 'a.*' }, true],
  [{ kind: '(StatefulSet|Deployment)' }, true],
  [{ kind: 'StatefulSet|DaemonSet' }, false],
  [{ kind: 'Deploy|ment' }, false],
  [{ kind: 'Deploy(ment|er)' }, true],
  // A pattern stands for the whole text.
  [{ name: 'ap' }, false],
  [{ name: 'a' }, false],
  [{ name: '(unclosed' }, false],
  [{ group: 'apps', version: 'v1' }, true],
  [{ group: 'batch' }, false],
  [{ group: 'app.' }, true],
  [{ group: 'monitoring.coreos.com' }, false],
  [{ group: 'a.p.s' }, false],
  [{ namespace: 'shop' }, true],
  [{ namespace: 'other' }, false],
  [{ labelSelector: 'tier=web,part in (a,shop)' }, true],
  [{ labelSelector: 'tier==web, part notin (a, b)' }, true],
  [{ labelSelector: 'tier!=web' }, false],
  [{ labelSelector: 'part in (a,b)' }, false],
  [{ labelSelector: 'tier,!old' }, true],
  [{ labelSelector: '!tier' }, false],
  [{ annotationSelector: 'owner=us' }, true],
  [{ annotationSelector: 'owner=them' }, false],
] as const)('%j: %s', ([target, expected]) => {
  expect(selects(target, object)).toBe(expected);
});

test('a name from before a prefix counts', () => {
  expect(selects({ name: 'api' }, { ...object, name: 'prod-api' }, ['api'])).toBe(true);
});
