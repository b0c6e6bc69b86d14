import { join } from 'node:path';
import { $ } from 'zx';

/**
 * Renders every target and lets the real kubeconform judge it by the same schemas:
 * `npm run kubeconform -- [path ...]`. It ends as `validate` does.
 */
const cli = join(import.meta.dirname, 'cli.ts');
const args = ['validate', '--engine', 'kubeconform', '--only', 'schema/valid'];

const run = $({ nothrow: true, stdio: 'inherit' });
const { exitCode } = await run`${process.execPath} ${cli} ${args} ${process.argv.slice(2)}`;
process.exitCode = exitCode ?? 3;
