import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { $ } from 'zx';

/**
 * Makes what the npm package ships: bundled JavaScript, because a start that reads
 * three files is several times as fast as one that reads eighty, and declarations.
 */
const root = join(import.meta.dirname, '..');
const output = join(root, 'dist');

const core =
  /scripts\/(?:pipeline|(?:check|config|discover|kubernetes|report|rules|shared)\/|commands\/(?:command|main|terminal|validate|\w+-options)\.|schema\/(?:ajv-judge|catalogue|load-schemas|problems|resources|unknown-kind|validators|wording)\.)/;

await rm(output, { recursive: true, force: true });
const bundle = await rolldown({
  cwd: root,
  input: {
    cli: 'scripts/cli.ts',
    index: 'scripts/index.ts',
    kustomize: 'scripts/kustomize.ts',
  },
  platform: 'node',
  // What package.json names as a dependency is installed beside this package. The compiler's own
  // helpers are not.
  external: /^(?!\.|\/|[A-Za-z]:|\0|@oxc-project\/runtime\/)/,
});
await bundle.write({
  dir: output,
  format: 'esm',
  chunkFileNames: 'chunks/[name]-[hash].js',
  // What every validation needs, as one file; what only some need stays apart.
  codeSplitting: { groups: [{ name: 'core', test: core }] },
});
await bundle.close();
await $({ cwd: root, stdio: 'inherit' })`tsc --project tsconfig.build.json`;
// What `presync explain <rule>` shows; chunks find it as the sources do.
await cp(join(root, 'scripts/rules/examples.json'), join(output, 'rules/examples.json'));
