import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['test/setup.ts'],
    // Tests start real programs, and a shared machine may be slow: a limit is for what hangs.
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
