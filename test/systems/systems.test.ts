import { describe, expect, test } from 'vitest';
import { systems } from './renders.ts';
import { rowsFor } from './rows.ts';

describe.for(systems)('$name in $environment', (system) => {
  test.for(rowsFor(system))('$says', ({ check }) => {
    expect(check(system)).toEqual([]);
  });
});
