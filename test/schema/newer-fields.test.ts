import { expect, test } from 'vitest';
import { loadValidators } from '../../scripts/schema/validators.ts';
import { withValue } from './objects.ts';

test('fields that External Secrets got since its package was made are known', async () => {
  const externalSecret = {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'a' },
    spec: {
      secretStoreRef: { name: 'a' },
      refreshPolicy: 'OnChange',
      target: {
        creationPolicy: 'CreateOrMerge',
        manifest: { apiVersion: 'v1', kind: 'ConfigMap' },
      },
      dataFrom: [{ extract: { key: 'a' }, rewrite: [{ merge: { into: 'a' } }] }],
    },
  };
  const { problemsOf } = await loadValidators({ kinds: [externalSecret] });
  expect(problemsOf(externalSecret)).toEqual([]);
  const typo = withValue(externalSecret, ['spec', 'target', 'creationPolicy'], 'CreateOrMerg');
  expect(problemsOf(typo)).toMatchObject([
    { fix: expect.stringContaining('Did you mean "CreateOrMerge"?') },
  ]);
});
