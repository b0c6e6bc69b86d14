import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { dashboardOf } from '../dashboard/dashboard.ts';
import { descriptionIn } from '../dashboard/description.ts';
import { toText } from '../dashboard/text.ts';
import { discover } from '../discover/discover.ts';
import { render } from '../render/render.ts';
import { UserError } from '../shared/errors.ts';
import { type Command, defineCommand, exitCodes } from './command.ts';
import { chooseRepository, repositoryOptions } from './repository-options.ts';

export const dashboard: Command = defineCommand({
  usage: 'dashboard [options] <target>',
  summary: 'Write a Grafana dashboard of what a target renders to.',
  options: {
    output: { type: 'string', value: 'file', help: 'write it there instead of printing' },
    ...repositoryOptions,
  },
  examples: ['presync dashboard overlays/prod/web --output base/web/dashboard.json'],

  async run(values, paths, terminal) {
    if (paths.length !== 1) throw new UserError('name the one target that the dashboard is of');
    const choice = await chooseRepository(values, paths, terminal);
    const discovery = discover({ ...choice, only: choice.paths, given: [] });
    const { root, sources, targets } = discovery;
    const [found, other] = targets;
    if (!found || other) throw new UserError(`${paths[0]} is ${targets.length} targets, not one`);
    const { rendered } = await render(targets, { root, sources, allowed: choice.allowed });
    const [failure] = rendered.flatMap((one) => one.failures);
    if (failure) {
      const { file, line } = failure.location;
      throw new UserError(`${file}:${line}: ${failure.message}, so ${paths[0]} cannot be rendered`);
    }
    const resources = new Set(found.input.resources);
    const files = sources.filter(({ path }) => resources.has(path));
    const description = descriptionIn(files, basename(found.target.path));
    const manifests = rendered.flatMap((one) => one.manifests);
    const drawn = dashboardOf(manifests, description);
    if (!drawn) throw new UserError(`${paths[0]} renders no workload that could be drawn`);
    const text = toText(drawn);
    if (values.output === undefined) {
      terminal.print(text);
    } else {
      const file = resolve(terminal.cwd, values.output);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    return exitCodes.clean;
  },
});
