import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cronFault } from '../../scripts/kubernetes/cron.ts';

test.for([
  '* * * * *',
  ' 0  4\t* * * ',
  '0 0 1 1 0',
  '59 23 31 12 6',
  '*/15 0-6,18-23 ? jan-MAR mon-fri',
  '5/10 * * * *',
  '0-30/5 * * * *',
  '+5 * * * *',
  ',0 * * * *',
  '@yearly',
  '@daily',
  '@hourly',
  '@every 1h30m',
])('"%s" is a schedule', (schedule) => {
  expect(cronFault(schedule)).toBeUndefined();
});

test.for([
  ['', 'has 0 fields and not 5'],
  ['* * * *', 'has 4 fields and not 5'],
  ['0 0 4 * * *', 'has 6 fields and not 5'],
  ['60 * * * *', 'has the minute "60", outside 0 to 59'],
  ['0 24 * * *', 'has the hour "24", outside 0 to 23'],
  ['0 0 0 * *', 'has the day of month "0", outside 1 to 31'],
  ['0 0 * 13 *', 'has the month "13", outside 1 to 12'],
  ['0 0 * * 7', 'has the day of week "7", outside 0 to 6'],
  ['0 0 * * sunday', 'has the day of week "sunday", which is no number'],
  ['30-10 * * * *', 'has the minute "30-10", which ends before it begins'],
  ['1-2-3 * * * *', 'has the minute "1-2-3", which has more than one "-"'],
  ['*/0 * * * *', 'has the minute "*/0", whose step is no number above 0'],
  ['*/2/3 * * * *', 'has the minute "*/2/3", which has more than one "/"'],
  ['* L * * *', 'has the hour "L", which is no number'],
  ['-5 * * * *', 'has the minute "-5", which is no number'],
  ['@Daily', 'has an unknown descriptor'],
  ['@reboot', 'has an unknown descriptor'],
  ['@every 1d', 'has the duration "1d", which is none'],
])('"%s" is none', ([schedule = '', fault]) => {
  expect(cronFault(schedule)).toBe(fault);
});

test('numbers within the bounds of their fields are a schedule, and one beyond is none', () => {
  const fields = [
    [0, 59],
    [0, 23],
    [1, 31],
    [1, 12],
    [0, 6],
  ] as const;
  const numbers = fc.tuple(...fields.map(([min, max]) => fc.integer({ min, max })));
  fc.assert(
    fc.property(numbers, fc.nat(4), (given, index) => {
      expect(cronFault(given.join(' '))).toBeUndefined();
      const beyond = given.with(index, (fields[index]?.[1] ?? 0) + 1);
      expect(cronFault(beyond.join(' '))).toBeDefined();
    }),
  );
});
