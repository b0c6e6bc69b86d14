import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '../../scripts/model.ts';
import { pretty } from '../../scripts/report/pretty.ts';
import { findingOf, plain, reportOf } from './reports.ts';

const line = '          image: nginx';
const excerptOf = ({ certainty }: Finding) =>
  certainty === 'exact' ? { source: { text: line, start: 18, end: 23 } } : {};
const findings = [
  findingOf(),
  findingOf({
    severity: 'warning',
    message: `a message that is longer than a line of a small terminal and is wrapped, with ${'an-unbroken-word-'.repeat(7)}`,
    location: { file: 'base/web/deployment.yaml', line: 120, column: 9 },
    related: [
      { message: 'overridden here', location: { file: 'overlays/dev/k.yaml', line: 7, column: 5 } },
    ],
  }),
  findingOf({
    severity: 'note',
    message: 'the file is not read by any target',
    certainty: 'file',
    location: { file: 'stray.yaml', line: 1, column: 1 },
    targets: [],
    clusters: [],
  }),
  findingOf({ suppression: { kind: 'external', justification: 'known' }, message: 'suppressed' }),
];
const report = reportOf(findings, { notChecked: ['example.com/v1/Widget'] });

test('a person is told file by file, with the line that was written', async () => {
  await expect(pretty(report, { ...plain, excerptOf })).toMatchFileSnapshot('expected/pretty.txt');
});

test('--verbose tells why, and every target', async () => {
  const rules = [
    {
      id: 'images/pinned-tag',
      severity: 'error' as const,
      summary: 'Every image has a version.',
      why: 'Without one the registry decides what runs.',
      fix: '',
      docs: '',
    },
  ];
  const text = pretty(report, { ...plain, excerptOf, rules, verbose: true });
  await expect(text).toMatchFileSnapshot('expected/pretty-verbose.txt');
});

test('places that have a part in a finding are told, the first three of many', () => {
  const place = (file: string, line: number, message: string) => ({
    message,
    location: { file, line, column: 9 },
  });
  const related = [
    place('base/web/deployment.yaml', 40, 'set here, and overridden'),
    place('overlays/production/web/kustomization.yaml', 7, 'part of the value'),
    place('overlays/production/web/settings.yaml', 3, 'variable "tag" is set here'),
    place('overlays/staging/web/settings.yaml', 3, 'variable "tag" is set here'),
    place('overlays/dev/web/settings.yaml', 3, 'variable "tag" is set here'),
  ];
  const text = pretty(reportOf([findingOf({ related })]), plain);
  expect(text).toContain(`    Set \`newTag\` or \`digest\` under \`images:\`.
    set here, and overridden: line 40
    part of the value: overlays/production/web/kustomization.yaml:7
    variable "tag" is set here: overlays/production/web/settings.yaml:3
    and 2 more
    images/pinned-tag`);
  expect(text.split('\n').filter((one) => one.length > 80)).toEqual([]);
  const all = pretty(reportOf([findingOf({ related })]), { ...plain, verbose: true });
  expect(all).toContain('variable "tag" is set here: overlays/dev/web/settings.yaml:3\n');
  expect(all).not.toContain('more');
});

test('colours change nothing else', () => {
  const coloured = pretty(report, { colour: true, columns: 80, excerptOf });
  expect(coloured).toContain('\u001b[');
  expect(stripVTControlCharacters(coloured)).toBe(pretty(report, { ...plain, excerptOf }));
});

test('quiet says nothing when nothing is wrong', () => {
  expect(pretty(reportOf([]), { ...plain, quiet: true })).toBe('');
  expect(pretty(reportOf([]), plain)).toContain('No findings in 6 targets');
  expect(pretty(reportOf([findingOf()]), { ...plain, quiet: true })).toContain('1 error');
});

test('unchanged targets are told when there are any', () => {
  const { summary } = reportOf([]);
  const cached = pretty(reportOf([], { summary: { ...summary, cached: 4 } }), plain);
  expect(cached).toContain('6 targets (4 unchanged)');
});

test('at any width the fault is in sight, underlined, and only words that cannot be broken stick out', () => {
  const place = fc.record({
    before: fc.string({ unit: fc.constantFrom('a', ' ', '-', ':'), maxLength: 150 }),
    fault: fc.string({ unit: fc.constantFrom('X'), minLength: 1, maxLength: 20 }),
    after: fc.string({ unit: fc.constantFrom('b', ' '), maxLength: 150 }),
    columns: fc.integer({ min: 40, max: 160 }),
  });
  fc.assert(
    fc.property(place, ({ before, fault, after, columns }) => {
      const start = before.length + 1;
      const source = { text: before + fault + after, start, end: start + fault.length };
      const text = pretty(reportOf([findingOf()]), {
        colour: false,
        columns,
        excerptOf: () => ({ source }),
      });
      const lines = text.split('\n');
      expect(lines.filter((one) => one.length > columns)).toEqual([]);
      const at = lines.findIndex((one) => /^ *\| *\^+$/.test(one));
      const under = lines[at] ?? '';
      const shown = lines[at - 1] ?? '';
      expect(shown.slice(under.indexOf('^'), under.length)).toBe(fault);
    }),
  );
});
