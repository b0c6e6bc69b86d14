import { defineConfig } from './scripts/config/config.ts';

export default defineConfig({
  // Fixtures are broken on purpose.
  ignore: ['test', 'schemas'],
  references: [
    {
      from: { kind: 'ModelVersion', field: 'spec.modelRef' },
      to: { kind: 'AIModel' },
    },
    {
      from: { kind: 'AIModel', field: 'spec.registryRef' },
      to: { kind: 'ModelRegistry' },
    },
  ],
});
