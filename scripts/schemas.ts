import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { $ } from 'zx';
import { generate } from './schema/generate/generate.ts';

/**
 * Makes `schemas/` anew from npm packages: `npm run schemas`. The packages are installed
 * apart, below `schemas/sources`, since nothing but this script needs them.
 */
const schemas = join(import.meta.dirname, '../schemas');
const sources = join(schemas, 'sources');

if (!existsSync(join(sources, 'node_modules'))) {
  await $({ cwd: sources, stdio: 'inherit' })`npm ci --ignore-scripts --no-audit --no-fund`;
}
generate(sources, schemas);
