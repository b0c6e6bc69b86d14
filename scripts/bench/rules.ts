import { applyRule } from '../check/problems.ts';
import type { Repository, Rule } from '../model.ts';
import { validate } from '../pipeline.ts';

/**
 * The processor time of each rule over a repository, in the order in which a run applies them, so
 * that what rules share is counted for the first of them: `node scripts/bench/rules.ts <folder> [how many] [path ...]`
 */
const [root = '.', shown = '25', ...paths] = process.argv.slice(2);
const rules: Rule[] = [];
let repository: Repository | undefined;
await validate({
  root,
  paths,
  onRepository: (all) => {
    repository = all;
  },
  // Before the repository is there, this asks what to prepare; afterwards, what to apply.
  selectRule: (rule) => {
    if (!repository) return true;
    rules.push(rule);
    return false;
  },
});
if (repository) console.log(table(rules, repository));

function table(all: readonly Rule[], whole: Repository): string {
  const timed = all.map((rule) => {
    const before = process.threadCpuUsage().user;
    const { seen, checks } = applyRule(rule, whole);
    return {
      id: rule.id,
      scope: rule.scope,
      ms: (process.threadCpuUsage().user - before) / 1000,
      seen,
      checks,
    };
  });
  const sum = timed.reduce((total, { ms }) => total + ms, 0);
  const lines = timed
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, Number(shown))
    .map(({ id, scope, ms, seen, checks }) =>
      [
        ms.toFixed(1).padStart(9),
        scope.padEnd(10),
        id,
        `${checks} checks`,
        `${seen.length} seen`,
      ].join('  '),
    );
  return [...lines, `${sum.toFixed(1).padStart(9)}  all ${all.length} rules, ms`].join('\n');
}
