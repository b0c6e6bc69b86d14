import { isCredentialName } from './credential-names.ts';
import { isExemptValue } from './exempt-values.ts';
import { isPlaceholder } from './placeholders.ts';
import type { Sensitive } from './sensitive.ts';

/** Names of files that hold secrets when they hold what their name says. */
interface SecretFile {
  readonly name: RegExp;
  /** What it is, for a message. */
  readonly what: string;
  /** What the text must have for that. */
  readonly holds: RegExp | 'settings' | 'anything';
}

const kinds: readonly SecretFile[] = [
  {
    name: /\.(pem|key|p8)$|(^|\/)id_(rsa|dsa|ecdsa|ed25519)$/,
    what: 'private key file',
    holds: /-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY/,
  },
  { name: /\.(p12|pfx|jks)$/, what: 'key store', holds: 'anything' },
  { name: /\.agekey$|(^|\/)(age-?)?keys?\.txt$/, what: 'age key file', holds: /AGE-SECRET-KEY-1/ },
  {
    name: /(^|\/)kubeconfig(\.ya?ml)?$|\.kubeconfig$/,
    what: 'kubeconfig with credentials',
    holds: /^[ \t]{0,40}(client-key-data|token|password):[ \t]{0,40}[^\s"'{<$]/m,
  },
  {
    name: /(^|\/)\.npmrc$/,
    what: '.npmrc with a token',
    holds: /:?_(authToken|password|auth)[ \t]{0,9}=[ \t]{0,9}[^\s${]/,
  },
  { name: /(^|\/)\.netrc$/, what: '.netrc with a password', holds: /\bpassword\s{1,9}[^\s${]/ },
  { name: /(^|\/)\.pgpass$/, what: '.pgpass', holds: /^[^#\n:]{1,300}(?::[^:\n]{1,300}){4}$/m },
  {
    name: /(^|\/)\.git-credentials$/,
    what: '.git-credentials',
    holds: /:\/\/[^\s:/]{1,300}:[^\s@/]{1,300}@/,
  },
  { name: /(^|\/)\.htpasswd$/, what: '.htpasswd', holds: /^[^:#\s]{1,300}:\S/m },
  {
    name: /(^|\/)(\.env(\.[\w-]+)*|[\w.-]+\.env)$/,
    what: 'env file with credentials',
    holds: 'settings',
  },
];

const examples = /(^|[./_-])(example|sample|template|dist|tmpl|tpl|default)s?([./_-]|$)/i;
const trustStore = /trust/i;

/** Whether a file may be one by its name, so that it is worth reading. */
function mayBeSecretFile(path: string): boolean {
  return !examples.test(path) && kinds.some(({ name }) => name.test(path));
}

/** Whether a file that no target names is worth a look: it may be one, or say how they are made. */
export function isWorthReading(path: string): boolean {
  return (
    mayBeSecretFile(path) || (/secret|credential|sops/i.test(path) && /\.(ya?ml|json)$/.test(path))
  );
}

/** What kind of secret a file holds; undefined for none. */
export function secretFileKind(path: string, content: Sensitive): string | undefined {
  const kind = kinds.find(({ name }) => name.test(path));
  if (!kind || examples.test(path)) return undefined;
  const { holds, what } = kind;
  if (holds === 'anything') return trustStore.test(path) ? undefined : what;
  const isOne =
    holds === 'settings'
      ? envLines(content).some(({ name, isLiteral }) => isLiteral && isCredentialName(name))
      : content.read((text) => holds.test(text));
  return isOne ? what : undefined;
}

/** A line of a dotenv file. */
export interface EnvLine {
  readonly name: string;
  readonly line: number;
  /** Whether the value stands there readable. */
  readonly isLiteral: boolean;
}

/** The lines of a dotenv file; none of one that SOPS has encrypted. */
export function envLines(content: Sensitive): EnvLine[] {
  const lines: EnvLine[] = [];
  content.read((text) => {
    if (isSopsText(text)) return undefined;
    for (const [index, one] of text.split('\n').entries()) {
      if (one.length > 10_000) continue;
      const [, name, value = ''] =
        /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)$/.exec(one) ?? [];
      if (name === undefined) continue;
      const bare = value.trim().replace(/^(["'])(.*)\1$/, '$2');
      const isLiteral = !isExemptValue(name, bare) && !isPlaceholder(bare, isCredentialName(name));
      lines.push({ name, line: index + 1, isLiteral });
    }
    return undefined;
  });
  return lines;
}

/** Whether SOPS has encrypted a file, as its own marks tell: YAML, JSON, dotenv or INI. */
export function isSopsText(text: string): boolean {
  return (
    /^sops_mac=ENC\[/m.test(text) ||
    /^[ \t]{0,40}"?mac"?[ \t]{0,9}[:=][ \t]{0,9}"?'?ENC\[AES256_GCM,/m.test(text) ||
    (/^sops_version=/m.test(text) && /^sops_mac=/m.test(text))
  );
}

/** Whether SOPS has encrypted a file. */
export function isSopsFile(content: Sensitive): boolean {
  return content.read(isSopsText);
}

/** Whether a file holds public certificates and keys only, or nothing. */
export function isPublicFile(content: Sensitive): boolean {
  return content.read(
    (text) =>
      text.trim() === '' ||
      (/-----BEGIN (CERTIFICATE|PUBLIC KEY|TRUSTED CERTIFICATE)-----/.test(text) &&
        !text.includes('PRIVATE KEY')),
  );
}
