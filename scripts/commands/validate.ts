import { resolve } from 'node:path';
import { toSource } from '../discover/sources.ts';
import type { Repository, Severity } from '../model.ts';
import { validate as runPipeline } from '../pipeline.ts';
import { rules } from '../rules/registry.ts';
import { choose } from '../shared/choose.ts';
import { baseOptions, chooseBase } from './base.ts';
import { baselineOptions, chooseBaseline } from './baseline-options.ts';
import { changeOptions, chooseChanged } from './changed.ts';
import { type Command, defineCommand, exitCodes } from './command.ts';
import { chooseReporters, prepareToTell, progressOf, reporterOptions } from './reporter-options.ts';
import { chooseRepository, repositoryOptions } from './repository-options.ts';
import { chooseRules } from './rule-choice.ts';
import { chooseSchemas, ignoredFiles, schemaOptions } from './schema-options.ts';

const rank: Readonly<Record<Severity, number>> = { note: 1, warning: 2, error: 3 };

export const validate: Command = defineCommand({
  usage: 'validate [options] [path ...]',
  summary: 'Render every target as its cluster would and apply all rules to it.',
  options: {
    ...reporterOptions,
    'fail-on': {
      type: 'string',
      value: 'severity',
      help: 'least that fails: note, warning, error',
    },
    only: { type: 'string', value: 'group,...', help: 'only these groups or rules' },
    except: { type: 'string', value: 'group,...', help: 'all but these groups or rules' },
    'kubernetes-version': {
      type: 'string',
      value: 'version',
      help: 'decide by it for every cluster',
      topic: 'Schemas',
    },
    policies: {
      type: 'string',
      multiple: true,
      value: 'dir',
      help: 'admission policies from there too',
      topic: 'Schemas',
    },
    ...repositoryOptions,
    ...changeOptions,
    ...baseOptions,
    ...baselineOptions,
    ...schemaOptions,
  },
  examples: [
    'presync validate',
    'presync validate overlays/prod --reporter json=report.json',
    'helm template web ./chart | presync validate -',
  ],

  async run(values, paths, terminal) {
    let repository: Repository | undefined;
    const readsInput = paths.includes('-');
    const choice = await chooseRepository(
      values,
      paths.filter((path) => path !== '-'),
      terminal,
    );
    const { config, root } = choice;
    const least = choose('severity', rank, values['fail-on'] ?? config.failOn ?? 'error');
    const ruleChoice = chooseRules(values, config);
    const reporter = values.reporter ?? config.reporters;
    const told = [...rules, ...ruleChoice.rules];
    const tell = chooseReporters({ ...values, reporter }, told, terminal);
    const baseline = chooseBaseline(root, values, config);
    const version = values['kubernetes-version'];
    const changed = await chooseChanged(root, values, terminal);
    const base = await chooseBase({ ...choice, ...changed }, values);
    const report = await runPipeline({
      ...choice,
      ...ruleChoice,
      ...changed,
      ...(base && { base }),
      ...(baseline && { baseline }),
      ...(readsInput && { given: [toSource('stdin', await terminal.readInput())] }),
      ...(version && { kubernetesVersion: version }),
      policies: [
        ...(config.policies ?? []).map((path) => resolve(root, path)),
        ...(values.policies ?? []).map((path) => resolve(choice.folder, path)),
      ],
      schemas: chooseSchemas(values, choice.folder, choice.allowed.has('network')),
      ignoreFiles: ignoredFiles(values['ignore-filename-pattern'] ?? []),
      ...progressOf(terminal),
      onBuilding: prepareToTell,
      onRepository: (checked) => {
        repository = checked;
      },
    });
    terminal.progress('');
    await tell(report, repository);
    const failed = report.findings.some(
      ({ severity, suppression }) => !suppression && rank[severity] >= least,
    );
    return failed ? exitCodes.findings : exitCodes.clean;
  },
});
