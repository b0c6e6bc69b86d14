import type { FieldPath } from '../model.ts';
import { type Fault, quoted } from './faults.ts';

/** How a text must look: one of the syntaxes of k8s.io/apimachinery/pkg/util/validation. */
export interface Syntax {
  /** As messages call it: `a DNS label`. */
  readonly noun: string;
  readonly least: number;
  readonly most: number;
  readonly pattern: RegExp;
  readonly fix: string;
}

const labelPattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** IsDNS1123Label. */
export const dnsLabel: Syntax = {
  noun: 'DNS label',
  least: 1,
  most: 63,
  pattern: labelPattern,
  fix: 'Use lower-case letters, digits and "-", with a letter or digit at both ends.',
};

/** IsDNS1035Label, which Service names had to be before Kubernetes 1.36. */
export const dns1035Label: Syntax = {
  noun: 'RFC 1035 label',
  least: 1,
  most: 63,
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  fix: 'Begin with a lower-case letter.',
};

/** IsDNS1123Subdomain. */
export const dnsSubdomain: Syntax = {
  noun: 'DNS subdomain',
  least: 1,
  most: 253,
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  fix: 'Use lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part.',
};

/** IsWildcardDNS1123Subdomain. */
export const wildcardSubdomain: Syntax = {
  ...dnsSubdomain,
  noun: 'wildcard DNS name',
  pattern: /^\*(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/,
  fix: 'Put "*." once, before a DNS name: *.example.com.',
};

/** IsPathSegmentName, for names that are only part of an address. */
export const pathSegment: Syntax = {
  noun: 'path segment',
  least: 1,
  most: Number.POSITIVE_INFINITY,
  pattern: /^(?!\.{1,2}$)[^/%]+$/,
  fix: 'Leave out "/" and "%".',
};

/** IsValidPortName: IANA_SVC_NAME of RFC 6335. */
export const portName: Syntax = {
  noun: 'port name',
  least: 1,
  most: 15,
  pattern: /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  fix: 'Use at most 15 lower-case letters, digits and single "-", one of them a letter; a number stands without quotes.',
};

/** IsValidLabelValue. */
export const labelValue: Syntax = {
  noun: 'label value',
  least: 0,
  most: 63,
  pattern: /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/,
  fix: 'Use at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends.',
};

/** IsConfigMapKey, for the keys of ConfigMaps and Secrets. */
export const dataKey: Syntax = {
  noun: 'key of a ConfigMap or Secret',
  least: 1,
  most: 253,
  pattern: /^(?!\.$|\.\.)[-._a-zA-Z0-9]+$/,
  fix: 'Use letters, digits, "-", "_" and ".", without ".." in front.',
};

/** IsRelaxedEnvVarName, what is asked since Kubernetes 1.32. */
export const envName: Syntax = {
  noun: 'name of an environment variable',
  least: 1,
  most: Number.POSITIVE_INFINITY,
  pattern: /^[ -<>-~]+$/,
  fix: 'Use printable ASCII characters without "=".',
};

const namePart: Syntax = {
  noun: 'qualified name',
  least: 1,
  most: 63,
  pattern: /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
  fix: 'Use at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends, after an optional DNS subdomain and "/".',
};

/** Why a text does not have a syntax, as a message goes on after it; undefined when it has. */
export function syntaxFault(text: string, syntax: Syntax): string | undefined {
  if (text.length < syntax.least) return 'is empty';
  if (text.length > syntax.most) {
    return `has ${text.length} characters, and a ${syntax.noun} has at most ${syntax.most}`;
  }
  if (syntax.pattern.test(text)) return undefined;
  return `is no ${syntax.noun}`;
}

/** IsQualifiedName: the keys of labels and annotations, finalizers and resources. */
export function qualifiedNameFault(text: string): string | undefined {
  const slash = text.indexOf('/');
  if (slash >= 0 && syntaxFault(text.slice(0, slash), dnsSubdomain)) {
    return 'has no DNS subdomain before its "/"';
  }
  return syntaxFault(text.slice(slash + 1), namePart);
}

/** Whether a field's text has a syntax; what is no text is for the schema to tell. */
export function named(
  what: string,
  value: unknown,
  path: FieldPath,
  syntax: Syntax,
): readonly Fault[] {
  if (typeof value !== 'string') return none;
  const fault = syntaxFault(value, syntax);
  if (!fault) return none;
  return [{ path, message: `${what} ${quoted(value)} ${fault}`, fix: syntax.fix }];
}

/** As `named`, for qualified names. */
export function qualified(what: string, value: string, path: FieldPath): readonly Fault[] {
  const fault = qualifiedNameFault(value);
  if (!fault) return none;
  return [{ path, message: `${what} ${quoted(value)} ${fault}`, fix: namePart.fix }];
}

const none: readonly Fault[] = [];
