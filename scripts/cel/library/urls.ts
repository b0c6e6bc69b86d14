import { fail } from '../errors.ts';
import { labour } from '../meter.ts';
import { declare, type Library } from '../overloads.ts';
import type { Key, Opaque, Value } from '../values.ts';
import { succeeds } from './ip.ts';

const tag = 'kubernetes.URL';

/** A URL as CEL sees it; its key is its text. */
interface Url extends Opaque {
  readonly tag: typeof tag;
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** Absolute URLs and absolute paths. */
export const urls: Library = {
  since: 0,
  types: [tag],
  functions: [
    declare('url', { [`(string) -> ${tag}`]: parse }),
    declare('isURL', { '(string) -> bool': (text: string) => succeeds(() => parse(text)) }),
    part('getScheme', ({ scheme }) => scheme),
    part('getHost', ({ host }) => host),
    part('getHostname', ({ host }) => hostAndPort(host)[0]),
    part('getPort', ({ host }) => hostAndPort(host)[1]),
    part('getEscapedPath', ({ path }) => escapePath(path)),
    declare('getQuery', { [`${tag}.() -> map(string, list(string))`]: query }),
  ],
};

function part(name: string, run: (url: Url) => string) {
  return declare(name, { [`${tag}.() -> string`]: run });
}

function parse(text: string): Url {
  const wrong = (message: string): never =>
    fail(
      `URL parse error during conversion from string: parse ${JSON.stringify(text)}: ${message}`,
    );
  if (text === '') return wrong('empty url');
  if (hasControl(text)) return wrong('net/url: invalid control character in URL');
  const colon = text.indexOf(':');
  if (colon === 0) return wrong('missing protocol scheme');
  const scheme = /^[a-zA-Z][a-zA-Z0-9+.-]*(?=:)/.exec(text)?.[0] ?? '';
  const rest = scheme ? text.slice(scheme.length + 1) : text;
  if (!rest.startsWith('/')) return wrong('invalid URI for request');
  const mark = rest.indexOf('?');
  const place = mark === -1 ? rest : rest.slice(0, mark);
  const search = mark === -1 ? '' : rest.slice(mark + 1);
  const hasHost = scheme !== '' && place.startsWith('//');
  const slash = hasHost ? place.indexOf('/', 2) : 0;
  const authority = hasHost ? place.slice(2, slash === -1 ? undefined : slash) : '';
  const path = slash === -1 ? '' : place.slice(slash);
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const problem = hostProblem(host) ?? escapeProblem(path);
  if (problem) return wrong(problem);
  return { tag, key: text, scheme: scheme.toLowerCase(), host, path, query: search };
}

function hasControl(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\x7f');
}

function hostProblem(host: string): string | undefined {
  if (host.startsWith('[') && !host.includes(']')) return "missing ']' in host";
  const colon = host.lastIndexOf(':');
  const bracket = host.lastIndexOf(']');
  const port = colon > bracket ? host.slice(colon) : host.slice(bracket + 1);
  if (colon > bracket && !/^:\d*$/.test(port)) {
    return `invalid port ${JSON.stringify(port)} after host`;
  }
  const strange = /[ <>"\\^`{|}]/.exec(host)?.[0];
  if (strange) return `invalid character ${JSON.stringify(strange)} in host name`;
  return escapeProblem(host);
}

function escapeProblem(text: string): string | undefined {
  const bad = /%(?![0-9a-fA-F]{2}).{0,2}/.exec(text)?.[0];
  return bad === undefined ? undefined : `invalid URL escape ${JSON.stringify(bad)}`;
}

function hostAndPort(host: string): [string, string] {
  const match = /^([\s\S]*?)(?::(\d*))?$/.exec(host);
  const name = host.startsWith('[') ? host.slice(1, host.indexOf(']')) : (match?.[1] ?? host);
  const port = host.startsWith('[') ? /\]:(\d*)$/.exec(host)?.[1] : match?.[2];
  return [name, port ?? ''];
}

function escapePath(path: string): string {
  return path.replace(/[^A-Za-z0-9\-_.~$&+,/:;=@!'()*%[\]]+/gu, encodeURIComponent);
}

function query({ query: search }: Url): Value {
  labour(search.length);
  const found = new Map<Key, string[]>();
  for (const pair of search.split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const equals = pair.indexOf('=');
    const key = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = decode(equals === -1 ? '' : pair.slice(equals + 1));
    if (key === undefined || value === undefined) continue;
    found.set(key, [...(found.get(key) ?? []), value]);
  }
  return found;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
