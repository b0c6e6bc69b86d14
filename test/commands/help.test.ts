import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Command } from '../../scripts/commands/command.ts';
import { root } from '../repository.ts';
import { run as runIn } from './run.ts';

const run = (...args: string[]) => runIn(root, ...args);

const { out } = await run('--help');
const names = [...out.matchAll(/^ {2}([a-z-]+) {2,}\S/gm)].map(([, name = '']) => name);

/** Every command there is a file for: a new one cannot be left out. */
const folder = join(root, 'scripts/commands');
const loaded = await Promise.all(
  globSync('*.ts', { cwd: folder }).map(async (file): Promise<[string, Command][]> => {
    const exported: Record<string, unknown> = await import(join(folder, file));
    const name = basename(file, '.ts');
    const own = exported[name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())];
    return typeof own === 'object' && own !== null && 'usage' in own
      ? [[name, own as Command]]
      : [];
  }),
);
const commands = loaded.flat().filter(([name]) => names.includes(name));

test('the help lists the commands', () => {
  expect(names).toEqual(expect.arrayContaining(['validate', 'init', 'baseline', 'explain']));
  expect(commands.map(([name]) => name).sort()).toEqual([...names].sort());
  expect(widest(out)).toBeLessThanOrEqual(80);
});

test.for(names)('the help of %s fits a screen and has examples', async (name) => {
  const { code, out } = await run(name, '--help');
  expect(code).toBe(0);
  expect(out.trimEnd().split('\n').length).toBeLessThanOrEqual(24);
  expect(widest(out)).toBeLessThanOrEqual(80);
  expect(out).toContain(`\n  $ `);
  expect((await run(name, '-h')).out).toBe(out);
});

test.for(commands)('presync help %s explains every option', async ([name, command]) => {
  const { code, out } = await run('help', name);
  expect(code).toBe(0);
  expect(widest(out)).toBeLessThanOrEqual(80);
  for (const option of Object.keys(command.options)) expect(out).toMatch(`--${option}`);
});

test.for(commands)('%s suggests for every option with a slip in it', async ([name, command]) => {
  for (const option of Object.keys(command.options)) {
    const slip = `${option.slice(0, -1)}${option.endsWith('x') ? 'z' : 'x'}`;
    const { code, error } = await run(name, `--${slip}`);
    expect(error).toMatch(/^error: Unknown option '--.+'; did you mean --.+\?\n$/);
    expect(code).toBe(2);
  }
});

test.for(names)('a slip in the command %s is suggested', async (name) => {
  const { code, error } = await run(`${name}x`);
  expect(error).toContain(`did you mean "${name}"?`);
  expect(code).toBe(2);
});

function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}
