import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../shared/errors.ts';

const markFile = 'catalogue.json';

/**
 * Writes a catalogue. A folder that holds one already is replaced by it.
 *
 * @throws UserError when the folder holds something else, which would be lost
 */
export function writeCatalogue(folder: string, files: ReadonlyMap<string, string>): void {
  const isTaken = existsSync(folder) && readdirSync(folder).length > 0;
  if (isTaken && !existsSync(join(folder, markFile))) {
    throw new UserError(`${folder} is not empty and holds no catalogue; name another folder`);
  }
  rmSync(folder, { recursive: true, force: true });
  const mark = JSON.stringify({ version: 1, schemas: files.size });
  for (const [path, text] of [...files, [markFile, mark] as const]) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${text}\n`);
  }
}
