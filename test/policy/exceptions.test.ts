import { expect, test } from 'vitest';
import { readYaml } from '../../scripts/kubernetes/yaml.ts';
import { type ExceptionFiles, exceptionProblems } from '../../scripts/policy/exception-problems.ts';
import { exceptionsText, readExceptions } from '../../scripts/policy/exceptions.ts';

const entry = {
  policy: 'no-host-path',
  target: { kind: 'DaemonSet', namespace: 'gpu', name: 'device-plugin' },
  environments: ['staging', 'prod'],
  reason: 'It needs the devices',
  owner: 'team-ml',
  expires: '2027-03-31',
};

function told(text: string, part: Partial<ExceptionFiles> = {}): string[] {
  const read = readExceptions(readYaml(text, '').documents[0]);
  const policies = new Set(['no-host-path']);
  const problems = exceptionProblems({
    ...read,
    text,
    generated: new Map(
      ['prod', 'staging'].map((name) => [name, exceptionsText(read.exceptions, name)]),
    ),
    policies: new Map([
      ['prod', policies],
      ['staging', policies],
    ]),
    today: '2027-01-31',
    ...part,
  });
  return problems.map((one) =>
    'location' in one ? `${one.location.line} ${one.severity ?? 'error'} ${one.message}` : '',
  );
}

function written(change: object): string {
  return JSON.stringify({ exceptions: [{ ...entry, ...change }] }, null, 1);
}

test('an exception that is complete and not over is no problem', () => {
  expect(told(written({}))).toEqual([]);
  expect(told('')).toEqual([]);
  expect(told('exceptions: []')).toEqual([]);
});

test('a cluster is told a line an exception, sorted and once', () => {
  const all = [
    entry,
    { ...entry, expires: '2027-02-28' },
    { ...entry, policy: 'a', target: { kind: 'ClusterRole', name: 'b' }, environments: ['prod'] },
  ];
  const { exceptions } = readExceptions({ exceptions: all });
  expect(exceptionsText(exceptions, 'prod')).toBe(
    'a /ClusterRole/b\nno-host-path gpu/DaemonSet/device-plugin\n',
  );
  expect(exceptionsText(exceptions, 'dev')).toBe('');
});

const what = 'the exception of DaemonSet gpu/device-plugin from policy "no-host-path"';

test.for([
  ['2027-01-30', `21 error ${what} expired on 2027-01-30`],
  ['2027-01-31', `21 warning ${what} expires on 2027-01-31`],
  ['2027-02-13', `21 warning ${what} expires on 2027-02-13`],
  ['2027-08-01', `21 error ${what} lasts longer than 180 days`],
  ['soon', '21 error expires is no day such as 2027-03-31'],
] as const)('until %s', ([expires, message]) => {
  const [first = ''] = told(written({ expires })).map((line) => line.replace(/^\d+/, '21'));
  expect(first).toBe(message);
});

test.for([
  [{ policy: 'no-hostpath' }, 'policy "no-hostpath" is not there in staging'],
  [{ environments: ['production'] }, 'environment "production" is not below policies/environments'],
  [{ environments: 'prod' }, 'environments is no list of names'],
  [{ owner: undefined }, 'the exception has no owner'],
  [{ ticket: 'SEC-1' }, 'an exception has no field "ticket"'],
  [{ target: { kind: 'Pod', name: 'a', labels: {} } }, 'an exception has no field "labels"'],
  [{ target: 'all' }, 'the target has no kind and name'],
] as const)('%j is told', ([change, message]) => {
  expect(told(written(change))[0]).toMatch(new RegExp(`^\\d+ error ${message}$`));
});

test('what is no list is told, and a stale file', () => {
  expect(told('- policy: a')).toEqual(['1 error there is no list "exceptions"']);
  expect(told(written({}), { generated: new Map([['prod', 'old\n']]) })).toEqual([
    '1 error policies/environments/prod/exceptions.txt is not what exceptions.yaml says',
  ]);
  expect(told(written({}), { generated: new Map([['prod', undefined]]) })).toHaveLength(1);
  expect(told('exceptions: []', { generated: new Map([['prod', undefined]]) })).toEqual([]);
});
