import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dataKey,
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  envName,
  labelValue,
  pathSegment,
  portName,
  qualifiedNameFault,
  type Syntax,
  syntaxFault,
  wildcardSubdomain,
} from '../../scripts/kubernetes/names.ts';

test.for<[string, Syntax, string]>([
  ['a DNS label', dnsLabel, `a|0|a-b|a--b|2048-game|${'a'.repeat(63)}`],
  ['an RFC 1035 label', dns1035Label, 'a|a-1'],
  ['a DNS subdomain', dnsSubdomain, `a|a.b|1.2|a-b.c-d|${'a'.repeat(253)}`],
  ['a wildcard', wildcardSubdomain, '*.a|*.a.b-c'],
  ['a path segment', pathSegment, 'System:a_B|...|a b'],
  ['a port name', portName, 'http|a-1|1a|abcdefghijklmno'],
  ['a label value', labelValue, `|a|A.b_c-1|${'a'.repeat(63)}`],
  ['a data key', dataKey, 'a|.a|A_b-c.d|-|_'],
  ['an environment name', envName, 'A|a b|1|-'],
])('%s', ([, syntax, names]) => {
  expect(names.split('|').filter((name) => syntaxFault(name, syntax))).toEqual([]);
});

test.for<[string, Syntax, string]>([
  ['a DNS label', dnsLabel, `|A|-a|a-|a.b|a_b|${'a'.repeat(64)}`],
  ['an RFC 1035 label', dns1035Label, '1a|-a|A'],
  ['a DNS subdomain', dnsSubdomain, `|.a|a.|a..b|a.-b|A.b|${'a'.repeat(254)}`],
  ['a wildcard', wildcardSubdomain, '*|*.|a.*|*.*.a|*a.b'],
  ['a path segment', pathSegment, '|.|..|a/b|a%b'],
  ['a port name', portName, '|80|a--b|-a|a-|A|abcdefghijklmnop'],
  ['a label value', labelValue, `a b|-a|a.|a/b|${'a'.repeat(64)}`],
  ['a data key', dataKey, `|.|..|..a|a/b|a b|${'a'.repeat(254)}`],
  ['an environment name', envName, '|A=B|é'],
])('no %s', ([, syntax, names]) => {
  expect(names.split('|').filter((name) => !syntaxFault(name, syntax))).toEqual([]);
});

test.for(['a', 'A.b_c', 'example.com/a', `example.com/${'a'.repeat(63)}`])(
  '%s is qualified',
  (name) => {
    expect(qualifiedNameFault(name)).toBeUndefined();
  },
);

test.for(['', '/a', 'a/', 'a/b/c', 'Example.com/a', '-a', 'a b', 'a'.repeat(64)])(
  '"%s" is not',
  (name) => {
    expect(qualifiedNameFault(name)).toBeDefined();
  },
);

test('a long hostile name takes no time that depends on its syntax', () => {
  fc.assert(
    fc.property(fc.constantFrom('a-', 'a.', '-', 'a'), (part) => {
      const name = `${part.repeat(100_000)}!`;
      for (const syntax of [dnsSubdomain, portName, labelValue, dataKey]) {
        expect(syntaxFault(name, syntax)).toContain('characters');
      }
    }),
  );
});
