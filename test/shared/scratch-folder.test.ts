import { existsSync, readdirSync, realpathSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { makeScratchFolder } from '../../scripts/shared/scratch-folder.ts';
import { makeRepository } from '../repository.ts';

function made(...args: Parameters<typeof makeScratchFolder>): string {
  const folder = makeScratchFolder(...args);
  try {
    expect(readdirSync(folder)).toEqual([]);
    expect(realpathSync(folder)).toBe(folder);
    if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700);
    return dirname(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// A container with little room there proves only that its disk is taken.
test('a scratch folder is in memory where there is room, and where TMPDIR says', () => {
  const { TMPDIR: before } = process.env;
  const other = makeRepository({});
  try {
    process.env.TMPDIR = other;
    expect(made('presync-x-')).toBe(other);
    delete process.env.TMPDIR;
    const disk = realpathSync(tmpdir());
    const memory = '/dev/shm';
    const isThere = process.platform === 'linux' && existsSync(memory);
    const room = isThere ? statfsSync(memory).bavail * statfsSync(memory).bsize : 0;
    expect(made('presync-x-')).toBe(room > 2 ** 26 ? memory : disk);
    // As much as no machine has.
    expect(made('presync-x-', Number.MAX_SAFE_INTEGER / 4)).toBe(disk);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
});
