import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

/** What is written beside an unpacked program. */
interface Seal {
  readonly size: number;
  readonly sha256: string;
}

/**
 * Unpacks one file of a zip archive, once: later calls find it there. The file appears
 * whole or not at all, and its checksum is kept beside it.
 *
 * @param archive path of the zip file
 * @param entry name of the file in it
 * @param destination where it goes; executable for its owner
 * @throws Error when the archive cannot be read or has no such entry
 */
export async function unpackOnce(
  archive: string,
  entry: string,
  destination: string,
): Promise<void> {
  const running = unpacking.get(destination) ?? unpack(archive, entry, destination);
  unpacking.set(destination, running);
  await running.finally(() => unpacking.delete(destination));
}

/** Calls at the same time share one go. */
const unpacking: Map<string, Promise<void>> = new Map();

async function unpack(archive: string, entry: string, destination: string): Promise<void> {
  if (await isIntact(destination)) return;
  await mkdir(dirname(destination), { recursive: true, mode: 0o700 });
  const partial = `${destination}.${randomUUID()}`;
  try {
    const hash = createHash('sha256');
    const content = await openEntry(archive, entry);
    content.on('data', (chunk: Buffer) => hash.update(chunk));
    await pipeline(content, createWriteStream(partial, { mode: 0o700 }));
    const { size } = await stat(partial);
    const seal: Seal = { size, sha256: hash.digest('hex') };
    await rename(partial, destination);
    await writeFile(sealOf(destination), JSON.stringify(seal));
  } finally {
    await rm(partial, { force: true });
  }
}

function sealOf(destination: string): string {
  return `${destination}.json`;
}

/** The size tells a file that was cut short; hashing 60 MB at every start would cost too much. */
async function isIntact(destination: string): Promise<boolean> {
  try {
    const seal = JSON.parse(await readFile(sealOf(destination), 'utf8')) as Partial<Seal>;
    return (await stat(destination)).size === seal.size;
  } catch {
    return false;
  }
}

async function openEntry(archive: string, wanted: string): Promise<Readable> {
  const yauzl = await import('yauzl');
  const open = promisify<string, object, import('yauzl').ZipFile>(yauzl.open);
  const zip = await open(archive, { lazyEntries: true, autoClose: true });
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => reject(new Error(`${archive} has no ${wanted}`)));
    zip.on('entry', (entry: import('yauzl').Entry) => {
      if (entry.fileName !== wanted) return zip.readEntry();
      zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
    });
    zip.readEntry();
  });
}
