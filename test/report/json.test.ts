import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import { reporters } from '../../scripts/report/reporters.ts';
import { copyRepository, edit, root } from '../repository.ts';
import { plain } from './reports.ts';
import { anyReport } from './texts.ts';

const isReport = new Ajv2020({ allErrors: true }).compile(
  JSON.parse(readFileSync(join(root, 'schemas/report.schema.json'), 'utf8')),
);

test('what a real run tells is as the schema says, and nothing besides', async () => {
  const folder = copyRepository();
  edit(folder, 'base/ai-assistant/deployment-blue.yaml', (text) =>
    text.replace('containerPort: 8000', 'containerPort: http'),
  );
  const report = await validate({ root: folder });
  const told = JSON.parse((await reporters.json?.(report, plain)) ?? '');
  expect(told.findings.length).toBeGreaterThan(0);
  expect(isReport(told) ? [] : isReport.errors).toEqual([]);
  expect(told).toEqual(report);
});

test('any report is as the schema says', async () => {
  await fc.assert(
    fc.asyncProperty(anyReport, async (report) => {
      const told = JSON.parse((await reporters.json?.(report, plain)) ?? '');
      expect(isReport(told) ? [] : isReport.errors).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test.for([
  ['a severity', { severity: 'fatal' }],
  ['a line', { location: { file: 'a', line: 0, column: 1 } }],
  ['a key', { extra: true }],
])('the schema refuses %s that no report has', ([, change]) => {
  const [report] = fc.sample(
    anyReport.filter(({ findings }) => findings.length > 0),
    1,
  );
  const [first, ...others] = report?.findings ?? [];
  expect(isReport(report)).toBe(true);
  expect(isReport({ ...report, findings: [{ ...first, ...Object(change) }, ...others] })).toBe(
    false,
  );
});
