import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord, recordAt, textAt } from '../../kubernetes/fields.ts';
import { UserError } from '../../shared/errors.ts';
import { isOpenApi } from './openapi-files.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The OpenAPI documents in a file or in the JSON files below a folder, as saved by
 * `kubectl get --raw /openapi/v3/apis/apps/v1`.
 *
 * @throws UserError when there are none
 */
export function savedDocuments(path: string): Fields[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new UserError(`there is no ${path}`);
  const files = stats.isFile()
    ? [path]
    : globSync('**/*', { cwd: path, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
  const documents = files.flatMap((file): Fields[] => {
    const document = parsed(readFileSync(file, 'utf8'));
    return document ? [document] : [];
  });
  if (documents.length > 0) return documents;
  throw new UserError(`${path} holds no document of /openapi/v3`);
}

/**
 * The OpenAPI documents of the cluster that kubectl talks to now. The only place of this
 * library that asks a cluster.
 *
 * @throws UserError when kubectl is not there or cannot reach the cluster
 */
export async function liveDocuments(context?: string): Promise<Fields[]> {
  const index: unknown = JSON.parse(await raw('/openapi/v3', context));
  const addresses = Object.values(recordAt(index, ['paths'])).flatMap(
    (one) => textAt(one, ['serverRelativeURL']) ?? [],
  );
  const documents: Fields[] = [];
  for (const address of addresses) documents.push(parsed(await raw(address, context)) ?? {});
  return documents.filter(isOpenApi);
}

async function raw(address: string, context: string | undefined): Promise<string> {
  const { execa } = await import('execa');
  const where = context === undefined ? [] : ['--context', context];
  const { stdout, stderr, failed, shortMessage } = await execa(
    'kubectl',
    [...where, 'get', '--raw', address],
    { reject: false, stdin: 'ignore', timeout: 60_000, maxBuffer: 1024 ** 3 },
  );
  if (!failed) return stdout;
  throw new UserError(`kubectl does not answer: ${(stderr || shortMessage || '').split('\n')[0]}`);
}

function parsed(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && isOpenApi(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
