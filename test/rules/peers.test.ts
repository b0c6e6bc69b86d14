import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../../scripts/index.ts';
import { root } from '../repository.ts';

/** How many checks each of the others had when the table was made. */
const peers = { 'kube-linter': 63, 'kube-score': 39, Polaris: 44 };

const page = readFileSync(join(root, 'scripts/rules/peers.md'), 'utf8');
const policies = globSync('policies/base/*/policy.yaml', { cwd: root });
const known = new Set([
  ...rules.map(({ id }) => id),
  ...policies.map((file) => basename(dirname(file))),
]);

/** Check and what is said to it, of every row below a heading. */
function rowsOf(peer: string): [string, string][] {
  const part = page.split(/^## /m).find((one) => one.startsWith(`${peer},`)) ?? '';
  return [...part.matchAll(/^\| `([^`]+)` *\| (.*?) *\|$/gm)].map(([, check = '', ours = '']) => [
    check,
    ours,
  ]);
}

describe.for(Object.entries(peers))('%s', ([peer, count]) => {
  const rows = rowsOf(peer);

  test('has every check once', () => {
    expect(new Set(rows.map(([check]) => check)).size).toBe(count);
    expect(rows).toHaveLength(count);
    expect(page).toContain(`## ${peer}, ${count} checks\n`);
  });

  test('is answered by rules and policies that there are, or refused with a reason', () => {
    for (const [check, ours] of rows) {
      if (/^no: .{5}/.test(ours)) continue;
      expect(ours, check).toMatch(/^`[^`]+`(, `[^`]+`)*$/);
      const names = [...ours.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
      expect(
        names.filter((name) => !known.has(name ?? '')),
        check,
      ).toEqual([]);
    }
  });
});
