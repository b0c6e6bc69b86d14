import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where presync keeps what it can make again: the user's cache folder, never the
 * checked repository, in which a stranger may have put anything.
 * `PRESYNC_CACHE` names another one.
 */
export function cacheFolder(): string {
  const { PRESYNC_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (PRESYNC_CACHE) return PRESYNC_CACHE;
  if (process.platform === 'win32' && LOCALAPPDATA) return join(LOCALAPPDATA, 'presync');
  if (process.platform === 'darwin') return join(homedir(), 'Library/Caches/presync');
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'presync');
}
