import { defineConfig } from './scripts/config/config.ts';

export default defineConfig({
  // Fixtures are broken on purpose.
  ignore: ['test', 'schemas'],
});
