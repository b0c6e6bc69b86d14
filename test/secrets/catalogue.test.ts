import { expect, test } from 'vitest';
import { rules } from '../../scripts/index.ts';
import type { Severity } from '../../scripts/model.ts';
import { loadFixtures } from '../rules/fixtures.ts';

/** The ways in which secrets go wrong, by the number and the level that teams know them by. */
const catalogue: Readonly<Record<string, Severity>> = {
  // In plain sight.
  SEC001: 'error',
  SEC002: 'error',
  SEC003: 'error',
  SEC004: 'error',
  SEC005: 'error',
  SEC006: 'error',
  SEC007: 'error',
  SEC008: 'error',
  SEC009: 'error',
  // SOPS.
  SOPS101: 'error',
  SOPS102: 'error',
  SOPS103: 'error',
  SOPS104: 'error',
  // External Secrets.
  ESO201: 'error',
  ESO202: 'error',
  ESO203: 'error',
  ESO204: 'error',
  ESO205: 'error',
  ESO206: 'error',
  ESO207: 'error',
  ESO208: 'error',
  ESO209: 'error',
  ESO210: 'error',
  ESO211: 'warning',
  // Sealed Secrets.
  SEAL301: 'error',
  SEAL302: 'error',
  SEAL303: 'error',
  SEAL304: 'error',
  SEAL305: 'error',
  SEAL306: 'error',
  SEAL307: 'error',
  // What reads a Secret, and what makes it.
  REF401: 'error',
  REF402: 'error',
  REF403: 'error',
  REF404: 'error',
  REF405: 'error',
  REF406: 'error',
  REF407: 'error',
  REF408: 'note',
};

const numbers = /^(SEC|SOPS|ESO|SEAL|REF)\d{3}$/;
const fixtures = loadFixtures();

test.for(Object.entries(catalogue))('%s has a rule of its level', ([id, severity]) => {
  const own = rules.filter(({ aliases = [] }) => aliases.includes(id));
  expect(own.map((rule) => rule.severity)).toContain(severity);
  for (const rule of own) {
    const kinds = fixtures.filter((one) => one.rule === rule.id).map(({ kind }) => kind);
    expect(kinds, rule.id).toContain('bad');
    expect(kinds, rule.id).toContain('good');
  }
});

test('no rule has a number that the catalogue does not', () => {
  const used = rules.flatMap(({ aliases = [] }) => aliases.filter((one) => numbers.test(one)));
  expect([...new Set(used)].sort()).toEqual(Object.keys(catalogue).sort());
});
