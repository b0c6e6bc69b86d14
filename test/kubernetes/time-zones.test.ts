import { expect, test } from 'vitest';
import { timeZoneFault } from '../../scripts/kubernetes/time-zones.ts';

test.for(['UTC', 'Etc/UTC', 'Europe/Berlin', 'Asia/Calcutta', 'America/Argentina/Buenos_Aires'])(
  '%s is a time zone',
  (zone) => {
    expect(timeZoneFault(zone)).toBeUndefined();
  },
);

test.for([
  ['', 'is empty'],
  ['Local', 'is the zone of a machine and no name'],
  ['+02:00', 'is an offset and no name'],
  ['Europe/Belin', 'is in no time zone database'],
  ['europe/berlin', 'is in lower case, and names of zones are told apart by it'],
])('"%s" is none', ([zone = '', fault]) => {
  expect(timeZoneFault(zone)).toBe(fault);
});
