import { parseTimestamp } from '../time.ts';
import { succeeds } from './ip.ts';

type Validate = (text: string) => string[];

interface Form {
  readonly pattern: string;
  readonly limit: number;
  readonly message: string;
  readonly examples: readonly string[];
}

const label: Form = {
  pattern: '[a-z0-9]([-a-z0-9]*[a-z0-9])?',
  limit: 63,
  message:
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  examples: ['my-name', '123-abc'],
};
const subdomain: Form = {
  pattern: '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*',
  limit: 253,
  message:
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  examples: ['example.com'],
};
const oldLabel: Form = {
  pattern: '[a-z]([-a-z0-9]*[a-z0-9])?',
  limit: 63,
  message:
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  examples: ['my-name', 'abc-123'],
};
const qualifiedPattern = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const qualified: Form = {
  pattern: qualifiedPattern,
  limit: 63,
  message:
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  examples: ['MyName', 'my.name', '123-abc'],
};
const labelValue: Form = {
  pattern: `(${qualifiedPattern})?`,
  limit: 63,
  message:
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  examples: ['MyValue', 'my_value', '12345'],
};

/** What is wrong with a text, by format; nothing wrong is an empty list. */
export const validators: Readonly<Record<string, Validate>> = {
  dns1123Label: (text) => problems(label, text),
  dns1123Subdomain: (text) => problems(subdomain, text),
  dns1035Label: (text) => problems(oldLabel, text),
  qualifiedName,
  dns1123LabelPrefix: prefix(label),
  dns1123SubdomainPrefix: prefix(subdomain),
  dns1035LabelPrefix: prefix(oldLabel),
  labelValue: (text) => problems(labelValue, text),
  uri: (text) =>
    /^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/[^\s]+$|^\/[^\s]*$/.test(text)
      ? []
      : [`parse ${JSON.stringify(text)}: invalid URI for request`],
  uuid: simple(
    /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i,
    'does not match the UUID format',
  ),
  byte: simple(
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
    'invalid base64',
  ),
  date: (text) =>
    /^\d{4}-\d\d-\d\d$/.test(text) && isTime(`${text}T00:00:00Z`) ? [] : ['invalid date'],
  datetime: (text) => (isTime(text) ? [] : ['invalid datetime']),
};

function isTime(text: string): boolean {
  return succeeds(() => parseTimestamp(text));
}

function simple(pattern: RegExp, message: string): Validate {
  return (text) => (pattern.test(text) ? [] : [message]);
}

function problems({ pattern, limit, message, examples }: Form, text: string): string[] {
  const found: string[] = [];
  if (text.length > limit) found.push(`must be no more than ${limit} characters`);
  if (!new RegExp(`^${pattern}$`).test(text.slice(0, limit + 1))) {
    const shown = examples.map((example) => `'${example}', `).join(' or ');
    found.push(`${message} (e.g. ${shown}regex used for validation is '${pattern}')`);
  }
  return found;
}

/** A prefix may end with a dash: something generated follows it. */
function prefix(form: Form): Validate {
  return (text) =>
    problems(form, text.length > 1 && text.endsWith('-') ? `${text.slice(0, -1)}a` : text);
}

function qualifiedName(text: string): string[] {
  const parts = text.split('/');
  if (parts.length > 2) {
    const shown = qualified.examples.map((example) => `'${example}', `).join(' or ');
    return [
      `a qualified name ${qualified.message} (e.g. ${shown}regex used for validation is '${qualifiedPattern}') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const [name = '', before] = [parts.at(-1), parts.length === 2 ? parts[0] : undefined];
  const found: string[] = [];
  if (before === '') found.push('prefix part must be non-empty');
  else if (before) found.push(...problems(subdomain, before).map((each) => `prefix part ${each}`));
  if (name === '') found.push('name part must be non-empty');
  return [...found, ...problems(qualified, name).map((each) => `name part ${each}`)];
}
