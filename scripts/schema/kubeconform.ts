import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRecord } from '../kubernetes/fields.ts';
import { UserError } from '../shared/errors.ts';

/** The version that this library is compared with. */
export const kubeconformVersion = 'v0.8.0';

/** How to get kubeconform. */
export const howToGetKubeconform: string = `go install github.com/yannh/kubeconform/cmd/kubeconform@${kubeconformVersion}`;

/** What kubeconform says of one object. */
export interface KubeconformResult {
  readonly status: 'valid' | 'invalid' | 'error' | 'skipped';
  /** One clause on the whole object; empty when it is valid. */
  readonly message: string;
  /** JSON pointers to what is wrong, with why. */
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}

export interface KubeconformOptions {
  /** Templates of schema locations, absolute, best first. */
  readonly locations: readonly string[];
  /** As `1.34.0`. */
  readonly version: string;
}

/**
 * Runs the real kubeconform, strictly, over these objects.
 *
 * @returns a result for each object, in their order
 * @throws UserError when kubeconform is not installed or gives no report
 */
export async function runKubeconform(
  objects: readonly unknown[],
  { locations, version }: KubeconformOptions,
): Promise<KubeconformResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'presync-kubeconform-'));
  try {
    await Promise.all(
      objects.map((object, index) =>
        writeFile(join(folder, `${index}.json`), JSON.stringify(object)),
      ),
    );
    const flags = ['-strict', '-verbose', '-output', 'json', '-kubernetes-version', version];
    const where = locations.flatMap((location) => ['-schema-location', location]);
    return toResults(await run([...flags, ...where, folder]), objects.length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `PRESYNC_KUBECONFORM` names the program; without it the one on `PATH` is taken. */
async function run(args: readonly string[]): Promise<string> {
  const { execa } = await import('execa');
  const program = process.env.PRESYNC_KUBECONFORM || 'kubeconform';
  const result = await execa(program, args, {
    reject: false,
    stdin: 'ignore',
    timeout: 300_000,
    maxBuffer: 1024 ** 3,
  });
  if (result.code === 'ENOENT' || result.code === 'EACCES') {
    throw new UserError(`kubeconform is not installed; get it with: ${howToGetKubeconform}`);
  }
  // It ends with 1 for findings and for misuse alike; only its output tells which.
  if (!result.stdout?.trimStart().startsWith('{')) {
    const reason = (result.stderr || result.stdout || result.shortMessage || '').split('\n')[0];
    throw new UserError(`kubeconform failed: ${reason}`);
  }
  return result.stdout;
}

function toResults(text: string, count: number): KubeconformResult[] {
  const { resources } = JSON.parse(text) as { resources: unknown[] | null };
  const results: KubeconformResult[] = [];
  for (const resource of (resources ?? []).filter(isRecord)) {
    const index = Number(/(\d+)\.json$/.exec(String(resource.filename))?.[1]);
    const message = String(resource.msg ?? '');
    const status = statuses[String(resource.status)] ?? 'error';
    results[index] = { status, message, errors: status === 'invalid' ? errorsIn(message) : [] };
  }
  // An object without anything in it is left out of the report.
  return Array.from(
    { length: count },
    (_, index) => results[index] ?? { status: 'skipped', message: '', errors: [] },
  );
}

/** Its list of errors has only the first one; the message has all, as a tree on one line. */
function errorsIn(message: string): KubeconformResult['errors'] {
  const [, ...parts] = message.split(/\s+- at '/);
  const told = parts.flatMap((part) => {
    const [, path = '', reason = ''] = /^(.*?)': (.*)$/s.exec(part) ?? [];
    if (/^(?:validation|'\w+') failed\b/.test(reason)) return [];
    // The value may be a secret.
    return { path, message: reason.trim().replace(/^'.*' (?=does|is) ?/s, 'the value ') };
  });
  return told.length > 0 ? told : [{ path: '', message: 'the schema refuses the object' }];
}

const statuses: Readonly<Record<string, KubeconformResult['status']>> = {
  statusValid: 'valid',
  statusInvalid: 'invalid',
  statusError: 'error',
  statusSkipped: 'skipped',
};
