import { describe, expect, test } from 'vitest';
import { kubernetesVersions } from '../../scripts/schema/catalogue.ts';
import { loadValidators } from '../../scripts/schema/validators.ts';
import { UserError } from '../../scripts/shared/errors.ts';
import { deployment, withValue } from './objects.ts';

const kinds = [{ apiVersion: 'apps/v1', kind: 'Deployment' }];

test.for(kubernetesVersions)('a complete Deployment is accepted by %s', async (kubernetes) => {
  const { problemsOf } = await loadValidators({ kinds, kubernetes });
  expect(problemsOf(deployment())).toEqual([]);
});

describe('the version that decides', () => {
  test.for<[string | undefined, string, boolean]>([
    [undefined, '1.36', false],
    ['1.34', '1.34', false],
    ['1.34.2', '1.34', false],
    ['v1.33.0', '1.33', false],
    ['1.35', '1.34', true],
    ['1.30', '1.32', true],
    ['1.99', '1.36', true],
  ])('for %s is %s', async ([wanted, kubernetes, substituted]) => {
    const options = wanted === undefined ? {} : { kubernetes: wanted };
    expect(await loadValidators({ kinds, ...options })).toMatchObject({ kubernetes, substituted });
  });

  test('a version that is none is refused', async () => {
    await expect(loadValidators({ kinds, kubernetes: 'latest' })).rejects.toThrow(UserError);
    await expect(loadValidators({ kinds, kubernetes: '1' })).rejects.toThrow(
      '"1" is no Kubernetes version; write it like 1.34',
    );
  });
});

/** Pods of 1.36 have a field that those of 1.34 lack; nobody here knows about 1.35. */
test('a version between two of the catalogue may have what one of them has', async () => {
  const object = withValue(deployment(), ['spec', 'template', 'spec', 'schedulingGroup'], {});
  const verdicts = ['1.34', '1.35', '1.36'].map(async (kubernetes) => {
    const { problemsOf } = await loadValidators({ kinds, kubernetes });
    return problemsOf(object)?.length;
  });
  expect(await Promise.all(verdicts)).toEqual([1, 0, 0]);
});
