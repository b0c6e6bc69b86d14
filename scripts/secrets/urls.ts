import { isPlaceholder } from './placeholders.ts';

/** A literal password in a URL or connection string; scheme and host may be told. */
export interface CredentialUrl {
  /** `postgres`, `http`, or `connection string`. */
  readonly form: string;
  readonly host?: string;
}

const url =
  /(?<![\w+.-])([a-z][a-z0-9+.-]{1,30}):\/\/([^\s:@/?#"'<>()[\]{}|]{0,128}):([^\s@/"'<>`]{1,256})@([\w.-]{1,253}|\[[0-9a-f:]{2,45}\])/gi;
const goDsn = /(?<![\w.-])[\w.-]{1,64}:([^\s@/:"'<>]{1,256})@(?:tcp|unix)\(([\w.-]{0,253})/g;
const assignment =
  /(?:^|[;\s"'])(?:password|pwd|accountkey|sharedaccesskey)\s{0,3}=\s{0,3}["']?([^;\s"']{1,256})/gi;
const other =
  /(?:^|[;\s"'])(?:server|host|hostaddr|data source|datasource|dbname|database|user id|uid|user|accountname|endpoint)\s{0,3}=/i;

/** What stands for a password that is filled in elsewhere, or was hidden. */
const variable = /\$\(|\$\{|\{\{|^\$|^%\(|^%[\w]+%$|^<|^\{[\w.-]+\}|^:|^[*x.•]+$|\[redacted\]/i;

/** Finds a literal password in a URL, a Go DSN, or an ADO, libpq or Azure connection string. */
export function credentialUrlIn(text: string): CredentialUrl | undefined {
  if (text.includes('://') && text.includes('@')) {
    for (const [, scheme = '', , password = '', host = ''] of text.matchAll(url)) {
      if (isLiteral(password)) return { form: `${scheme.toLowerCase()} URL`, host };
    }
  }
  if (text.includes('@tcp(') || text.includes('@unix(')) {
    for (const [, password = '', host] of text.matchAll(goDsn)) {
      if (isLiteral(password)) return { form: 'DSN', ...(host && { host }) };
    }
  }
  const isOneLine = text.length < 2048 && !text.trim().includes('\n');
  if (isOneLine && /password|pwd|accesskey|accountkey/i.test(text) && other.test(text)) {
    for (const [, password = ''] of text.matchAll(assignment)) {
      if (isLiteral(password)) return { form: 'connection string' };
    }
  }
  return undefined;
}

function isLiteral(password: string): boolean {
  return !variable.test(password) && !isPlaceholder(password, false);
}
