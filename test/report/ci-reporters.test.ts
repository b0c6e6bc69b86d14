import { expect, test } from 'vitest';
import { parseStringPromise } from 'xml2js';
import { reporters } from '../../scripts/report/reporters.ts';
import { findingOf, plain, reportOf } from './reports.ts';

const suppression = { kind: 'external', justification: 'known since May' } as const;
const findings = [
  findingOf(),
  findingOf({ severity: 'warning', message: 'second', fingerprint: 'b' }),
  findingOf({ severity: 'note', message: 'third', fingerprint: 'c' }),
  findingOf({ message: 'fourth', fingerprint: 'd', suppression }),
];

test('JUnit fails for errors alone, and passes every target that renders', async () => {
  const [target] = reportOf([]).targets;
  const report = reportOf(findings, {
    targets: [...reportOf([]).targets.slice(1), { ...target, rendered: false } as never],
  });
  const { testsuites } = await parseStringPromise((await reporters.junit?.(report, plain)) ?? '');
  expect(testsuites.$).toMatchObject({ tests: '10', failures: '1', errors: '0', skipped: '2' });
  const [targets, file] = testsuites.testsuite;
  expect(targets.$).toMatchObject({ name: 'targets', tests: '6', skipped: '1' });
  expect(file.$).toMatchObject({ name: 'base/web/deployment.yaml', tests: '4', failures: '1' });
  const [error, warning, , suppressed] = file.testcase;
  expect(error.$).toMatchObject({ classname: 'images.pinned-tag', line: '12' });
  expect(error.failure[0]._).toContain('overlays/dev/web, also in prod, staging');
  expect(warning.failure).toBeUndefined();
  expect(warning['system-out'][0]).toContain('warning: second');
  expect(suppressed.skipped[0].$.message).toBe('known since May');
});

test('GitHub gets what it shows, the rest in the log, and nothing that is suppressed', async () => {
  const many = Array.from({ length: 25 }, (_, index) =>
    findingOf({ message: `number ${index}`, fingerprint: `${index}` }),
  );
  const text = (await reporters.github?.(reportOf([...many, ...findings]), plain)) ?? '';
  const lines = text.split('\n');
  const starting = (start: string) => lines.filter((line) => line.startsWith(start)).length;
  expect([starting('::error '), starting('::warning '), starting('::notice ')]).toEqual([10, 1, 1]);
  expect([starting('::group::'), starting('::endgroup::'), starting('error ')]).toEqual([1, 1, 26]);
  expect(lines[0]).toBe(
    '::error file=base/web/deployment.yaml,line=12,col=18,title=presync images/pinned-tag::number 0%0ASet `newTag` or `digest` under `images:`.%0AIn overlays/dev/web, also in prod, staging.',
  );
  expect(text).toContain('1 suppressed; 16 in the log only');
  expect(text).not.toContain('fourth');
});

test('GitHub is told of a clean run in one line', async () => {
  const text = await reporters.github?.(reportOf([]), plain);
  expect(text).toBe('presync: No findings in 6 targets, 42 manifests, 1234 checks, 1.72 s\n');
});

test('GitLab gets a list of issues with what its widget needs', async () => {
  const issues = JSON.parse((await reporters.gitlab?.(reportOf(findings), plain)) ?? '');
  expect(issues.map(({ severity }: { severity: string }) => severity)).toEqual([
    'major',
    'minor',
    'info',
  ]);
  expect(issues[0]).toMatchObject({
    description: 'image "nginx" has no tag',
    check_name: 'images/pinned-tag',
    fingerprint: '0123456789abcdef',
    location: { path: 'base/web/deployment.yaml', lines: { begin: 12 } },
  });
  expect(JSON.parse((await reporters.gitlab?.(reportOf([]), plain)) ?? '')).toEqual([]);
});

test('a comment starts with how it went and the matrix, and tells the gravest file first', async () => {
  const [note, error] = [
    findingOf({ severity: 'note', message: 'small' }),
    findingOf({ message: 'grave', location: { file: 'z.yaml', line: 1, column: 1 } }),
  ];
  const text =
    (await reporters.markdown?.(reportOf([note, error, ...findings.slice(3)]), plain)) ?? '';
  expect(text).toMatch(/^### 🔴 presync: 1 error, 1 note, 1 suppressed\n\n6 targets, 42 manifests/);
  expect(text).toContain('|  | `dev` | `staging` | `prod` |');
  expect(text).toContain('| `api` | 🟢 | 🟢 | 🟢 |');
  expect(text).toContain('| `web` | 🔴 2 | 🔴 2 | 🔴 2 |');
  expect(text.indexOf('grave')).toBeLessThan(text.indexOf('small'));
  expect(text).toContain('  Set `newTag` or `digest` under `images:`.\\');
});

test.for([
  ['many findings', 5000, 'x'],
  ['huge messages', 100, '`"<'.repeat(100_000)],
  ['messages of characters beyond the first plane', 500, '😀'.repeat(5000)],
] as const)('a comment is within what GitHub takes, with %s', async ([, count, message]) => {
  const many = Array.from({ length: count }, (_, index) =>
    findingOf({ message: message + index, fingerprint: `${index}`, targets: [message] }),
  );
  const text = (await reporters.markdown?.(reportOf(many), plain)) ?? '';
  expect(text.length).toBeLessThanOrEqual(65_536);
  expect(text.length).toBeGreaterThan(40_000);
  expect(text.isWellFormed()).toBe(true);
  const told = text.match(/\*\*error\*\*/g)?.length ?? 0;
  expect(text).toContain(`…and ${count - told} more`);
});

test('a comment with huge names is within what GitHub takes', async () => {
  const name = 'n'.repeat(100_000);
  const [target] = reportOf([]).targets;
  const report = reportOf([findingOf({ location: { file: name, line: 1, column: 1 } })], {
    targets: [{ ...target, path: name, clusters: [name] } as never],
    notChecked: [name],
  });
  const text = (await reporters.markdown?.(report, plain)) ?? '';
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain('1 error');
});
