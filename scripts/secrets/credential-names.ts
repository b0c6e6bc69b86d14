/** Last words that make a name one of a secret. */
const lastWords: ReadonlySet<string> = new Set([
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'pass',
  'pwd',
  'secret',
  'token',
  'credential',
  'credentials',
  'apikey',
  'dsn',
]);

/** Last two words that do; `key` alone says nothing. */
const lastPairs: ReadonlySet<string> = new Set([
  'api key',
  'access key',
  'account key',
  'auth key',
  'encryption key',
  'master key',
  'private key',
  'secret key',
  'shared key',
  'signing key',
  'connection string',
]);

/** Words that make the name one of something else, wherever they stand. */
const harmlessWords: ReadonlySet<string> = new Set(['public', 'per', 'max', 'min', 'num', 'csrf']);

const known = new Map<string, boolean>();

/** Whether a name such as `DB_PASSWORD` or `apiKey` is that of a secret, not of something about one. */
export function isCredentialName(name: string): boolean {
  let verdict = known.get(name);
  if (verdict === undefined) {
    verdict = name.length <= 200 && judge(name);
    if (known.size > 20_000) known.clear();
    known.set(name, verdict);
  }
  return verdict;
}

function judge(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  if (words.some((word) => harmlessWords.has(word))) return false;
  const [last = '', beforeLast = ''] = words.reverse();
  return lastWords.has(last) || lastPairs.has(`${beforeLast} ${last}`);
}
