/** A host and maybe a port, as configuration names them. */
export interface Address {
  readonly host: string;
  readonly port?: number;
  /** Whether it is an address by its form; `redis:1000` may as well be a user and a group. */
  readonly isSure: boolean;
}

/** What a scheme's clients connect to when no port is given. */
const usualPorts: Readonly<Record<string, number>> = {
  amqp: 5672, http: 80, https: 443, ldap: 389, mongodb: 27017, mysql: 3306, nats: 4222,
  postgres: 5432, postgresql: 5432, redis: 6379, rediss: 6379, ws: 80, wss: 443,
}; // biome-ignore format: a table

const scheme = /^((?:jdbc:)?[a-z][a-z0-9+.-]{0,20}):\/\/+/;
const hostAndPort = /^([a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?)\.?(?::(\d{1,5}))?$/;

/** Longer texts are files, in which names stand for many things. */
const mostCharacters = 4096;
const mostWords = 200;

/** The addresses in a value of an environment variable or in an argument. */
export function addressesIn(text: string): Address[] {
  if (text.length > mostCharacters) return [];
  // Whatever a template fills in is no host.
  const words = text.replace(/\{\{.*?\}\}/gs, 'x').split(/[\s,;="'()|\\]+/, mostWords);
  return words.flatMap((word) => addressOf(word) ?? []);
}

function addressOf(word: string): Address | undefined {
  const [prefix = '', name = ''] = scheme.exec(word) ?? [];
  const authority = word.slice(prefix.length).split(/[/?#]/, 1)[0] ?? '';
  // What stands before the last @ is a user and a password.
  const place = authority.slice(authority.lastIndexOf('@') + 1);
  const [, host, digits] = hostAndPort.exec(place) ?? [];
  if (!host || host === 'localhost' || /^[\d.]+$/.test(host)) return undefined;
  const kind = name.replace('jdbc:', '');
  const usual = Object.hasOwn(usualPorts, kind) ? usualPorts[kind] : undefined;
  const port = digits ? Number(digits) : usual;
  return {
    host,
    ...(port && port < 65536 && { port }),
    isSure: prefix !== '' || /\.svc(\.|$)/.test(host),
  };
}
