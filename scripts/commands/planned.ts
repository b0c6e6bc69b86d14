import { discover } from '../discover/discover.ts';
import type { Engine } from '../model.ts';
import { type PlanReport, planReport } from '../plan/plan-report.ts';
import { renderRounds } from '../render-rounds.ts';
import { UserError } from '../shared/errors.ts';
import { printable } from '../shared/text.ts';
import { plansOf } from '../sync/simulate/plans-of.ts';
import type { Option, Terminal } from './command.ts';
import { chooseRepository } from './repository-options.ts';

/** The option of both commands that tell plans. */
export const engineOption: Option & { readonly type: 'string'; readonly multiple?: false } = {
  type: 'string',
  value: 'name',
  help: 'only what argocd or flux does',
};

/** What the engines of a repository's clusters do, and whether all of it could be rendered. */
export interface Planned {
  readonly report: PlanReport;
  readonly isWhole: boolean;
}

/**
 * Renders a repository and reads what its engines do. Tells on standard error what could not be
 * rendered, and so is not counted.
 *
 * @throws UserError when an option is wrong
 */
export async function plannedIn(
  values: Parameters<typeof chooseRepository>[0] & { readonly engine?: string | undefined },
  paths: readonly string[],
  terminal: Terminal,
): Promise<Planned> {
  const engine = toEngine(values.engine);
  if (paths.length > 0) throw new UserError('a plan is of whole clusters; name one with --cluster');
  const choice = await chooseRepository(values, paths, terminal);
  const first = discover({ ...choice, only: [], given: [] });
  const done = await renderRounds(
    first,
    ({ root, sources }) => ({
      root,
      sources,
      allowed: choice.allowed,
      ...(choice.concurrency && { concurrency: choice.concurrency }),
      onProgress: (count, total) => terminal.progress(`rendered ${count} of ${total} targets`),
    }),
    (all) => all,
  );
  terminal.progress('');
  const { clusters, sources, files } = done.discovery;
  const failures = done.rendered.flatMap(({ target, failures: own }) =>
    own.map(
      ({ location: { file, line }, message }) =>
        `${file}:${line}: ${message}, so what ${target.path} brings is not known`,
    ),
  );
  for (const failure of failures) terminal.warn(`${printable(failure)}\n`);
  const plans = plansOf({ clusters, sources, files, rendered: done.rendered });
  return {
    report: planReport(
      plans.filter(
        (plan) =>
          (engine === undefined || plan.engine === engine) &&
          (choice.clusters.length === 0 || choice.clusters.includes(plan.sync.cluster.name)),
      ),
    ),
    isWhole: failures.length === 0,
  };
}

function toEngine(name: string | undefined): Engine | undefined {
  if (name === undefined || name === 'argocd' || name === 'flux') return name;
  throw new UserError(`--engine takes argocd or flux; not "${name}"`);
}
