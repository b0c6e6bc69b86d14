import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressesIn } from '../../scripts/cluster/addresses.ts';

const cases: readonly [string, readonly string[]][] = [
  ['redis:6379', ['redis:6379']],
  ['redis://:p%40ss@redis-service:6379/0', ['redis-service:6379']],
  ['jdbc:postgresql://db/shop?user=x', ['db:5432']],
  ['https://api.shop.svc.cluster.local/v1', ['api.shop.svc.cluster.local:443']],
  ['dns:///workers:50052', ['workers:50052']],
  ['--redis=redis:6379 --peer a.b:1,c:2', ['redis:6379', 'a.b:1', 'c:2']],
  ['postgresql://shop:{{ .password | urlquery }}@db:5432/shop', ['db:5432']],
  ['http://10.0.0.1:80 localhost:80 http://[::1]:80', []],
  ['redis:99999', []],
  ['a:b:1 redis:port', []],
  [`${'x'.repeat(5000)}`, []],
];

test.for(cases)('%s', ([text, expected]) => {
  // A bare word is one only to who knows what it is for.
  const found = addressesIn(text).filter(({ port, isSure }) => port !== undefined || isSure);
  expect(found.map(({ host, port }) => (port ? `${host}:${port}` : host))).toEqual(expected);
});

test('no user and no password is taken for a host', () => {
  const word = fc.stringMatching(/^[a-z0-9%._~!$&*+:@-]{1,30}$/);
  fc.assert(
    fc.property(word, word, (user, password) => {
      expect(addressesIn(`redis://${user}:${password}@redis:6379/0`)).toEqual([
        { host: 'redis', port: 6379, isSure: true },
      ]);
    }),
  );
});
