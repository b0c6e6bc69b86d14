import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import type { Target } from '../model.ts';
import { renderTexts } from '../pipeline.ts';
import { readCertificate, type SealingCertificate } from '../secrets/certificates.ts';
import { seal as sealValue } from '../secrets/seal.ts';
import { renderedIdentity, sealedSecretIn, withSealedEntry } from '../secrets/sealed-file.ts';
import { labelOf, type SealScope, scopeOf, sealedValues } from '../secrets/sealed-secret.ts';
import { choose } from '../shared/choose.ts';
import { UserError } from '../shared/errors.ts';
import { type Command, defineCommand, exitCodes, type Terminal } from './command.ts';
import { listSealed } from './list-sealed.ts';
import { chooseRepository, repositoryOptions } from './repository-options.ts';

const scopes: Readonly<Record<SealScope, SealScope>> = {
  strict: 'strict',
  'namespace-wide': 'namespace-wide',
  'cluster-wide': 'cluster-wide',
};

export const seal: Command = defineCommand({
  usage: 'seal [options] overlay',
  summary: "Seal a value offline into an overlay's SealedSecret.",
  options: {
    name: { type: 'string', value: 'name', help: 'the SealedSecret, as its file names it' },
    key: { type: 'string', value: 'key', help: 'the key of the Secret' },
    'from-file': {
      type: 'string',
      value: 'file',
      help: 'read the value there instead of from standard input',
    },
    scope: {
      type: 'string',
      value: 'scope',
      help: 'strict (default), namespace-wide or cluster-wide',
    },
    file: {
      type: 'string',
      value: 'file',
      help: 'write it there instead of to sealed-secret.yaml in the overlay',
    },
    certificate: {
      type: 'string',
      value: 'file',
      help: "use it instead of the cluster's sealed-secrets.pem",
    },
    ...repositoryOptions,
  },
  examples: [
    'pbpaste | presync seal overlays/prod/web --name web --key token',
    'presync seal overlays/prod/web --name web --key tls.key --from-file tls.key',
  ],

  async run(values, others, terminal) {
    const { name, key } = values;
    const [overlay, ...more] = others;
    // Not told which: it may be the value.
    if (more.length > 0) {
      throw new UserError(
        'a value comes from standard input or --from-file, never from the command line',
      );
    }
    if (!overlay || !name || !key) throw new UserError('seal needs an overlay, --name and --key');
    if (!/^[-._a-zA-Z0-9]+$/.test(key))
      throw new UserError('--key takes letters, digits, - _ and .');
    const folder = resolve(terminal.cwd, values.cwd ?? '.');
    const choice = await chooseRepository(values, [overlay], terminal);
    const [result, another] = await renderTexts(choice);
    if (!result || another) throw new UserError(`${overlay} is not one overlay`);
    const { target, text: rendered, failures } = result;
    if (rendered === undefined) {
      throw new UserError(`${target.path} cannot be rendered: ${failures[0]?.message ?? ''}`);
    }
    const path = values.file
      ? resolve(folder, values.file)
      : join(choice.root, target.path, 'sealed-secret.yaml');
    const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    const identity = renderedIdentity(rendered, kustomizationOf(choice.root, target), name);
    if (!identity) throw new UserError(`${target.path} sets no namespace, and none is rendered`);
    const { certificate, from } = certificateFor(choice.root, target, values, folder);
    const scope = scopeFor(before, name, key, values.scope);
    const value = await readValue(values['from-file'], folder, terminal);
    const label = labelOf(scope, identity.namespace, identity.name);
    const ciphertext = sealValue(certificate.pem, label, value);
    const { fingerprint } = certificate;
    const entry = { written: name, identity, scope, key, ciphertext, fingerprint };
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, withSealedEntry(before, entry));
    const shown = posix.normalize(path).replace(`${choice.root}/`, '');
    terminal.print(
      `sealed ${key} of Secret ${identity.namespace}/${identity.name} (${scope}) with ${from} in ${shown}\n`,
    );
    const listing = listSealed(choice.root, target, path);
    if (listing) terminal.print(`${listing}\n`);
    return exitCodes.clean;
  },
});

function kustomizationOf(root: string, { path }: Target): string {
  const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
  const file = names.map((name) => join(root, path, name)).find((one) => existsSync(one));
  return file ? readFileSync(file, 'utf8') : '';
}

interface CertificateChoice {
  readonly certificate?: string | undefined;
  readonly cluster?: readonly string[] | undefined;
}

function certificateFor(
  root: string,
  { path, clusters }: Target,
  values: CertificateChoice,
  cwd: string,
): { certificate: SealingCertificate; from: string } {
  const wanted = values.cluster?.length ? values.cluster : clusters;
  const [cluster, another] = wanted;
  if (!values.certificate && (!cluster || another)) {
    const why = cluster ? `lands in ${wanted.join(', ')}` : 'lands in no cluster';
    throw new UserError(`${path} ${why}; name one with --cluster, or a --certificate`);
  }
  const from = values.certificate ?? `clusters/${cluster}/sealed-secrets.pem`;
  const file = values.certificate ? resolve(cwd, values.certificate) : join(root, from);
  if (!existsSync(file)) {
    throw new UserError(`there is no ${from}; write it with \`kubeseal --fetch-cert\``);
  }
  const certificate = readCertificate(readFileSync(file, 'utf8'));
  if (!certificate) throw new UserError(`${from} is no certificate with an RSA key`);
  const { validTo } = certificate;
  if (validTo.getTime() < Date.now()) {
    throw new UserError(`${from} expired on ${validTo.toISOString().slice(0, 10)}; fetch it again`);
  }
  return { certificate, from };
}

/** The scope that was asked for, else the one the file has. The values of one object share it. */
function scopeFor(
  text: string | undefined,
  name: string,
  key: string,
  asked: string | undefined,
): SealScope {
  const scope = asked === undefined ? undefined : choose('scope', scopes, asked);
  const existing = text === undefined ? undefined : sealedSecretIn(text, name);
  if (!existing) return scope ?? 'strict';
  const own = scopeOf(existing);
  const others = sealedValues(existing).some(([other]) => other !== key);
  if (scope !== undefined && scope !== own && (others || scope === 'strict')) {
    throw new UserError(`${name} is ${own}, and its other values would not open as ${scope}`);
  }
  return scope ?? own;
}

async function readValue(
  file: string | undefined,
  folder: string,
  terminal: Terminal,
): Promise<Uint8Array> {
  if (file !== undefined) {
    const path = resolve(folder, file);
    if (!existsSync(path)) throw new UserError(`there is no file ${file}`);
    return readFileSync(path);
  }
  const bytes = terminal.readBytes
    ? await terminal.readBytes()
    : Buffer.from(await terminal.readInput());
  const text = Buffer.from(bytes).toString('latin1');
  if (/^[^\n]+\n$/.test(text)) {
    terminal.warn('the value ends with a line break; `printf %s` writes none\n');
  }
  return bytes;
}
