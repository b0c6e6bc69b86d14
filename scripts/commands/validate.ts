import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { toSource } from '../discover/sources.ts';
import type { Report, Rule, Severity } from '../model.ts';
import { validate as runPipeline } from '../pipeline.ts';
import { type Reporter, reporters } from '../report/reporters.ts';
import { rules } from '../rules/registry.ts';
import { choose } from '../shared/choose.ts';
import { UserError } from '../shared/errors.ts';
import { nearest } from '../shared/nearest.ts';
import { type Command, defineCommand, exitCodes, type Terminal } from './command.ts';
import { chooseRepository, repositoryOptions } from './repository-options.ts';
import { chooseSchemas, ignoredFiles, schemaOptions } from './schema-options.ts';

const rank: Readonly<Record<Severity, number>> = { note: 1, warning: 2, error: 3 };

export const validate: Command = defineCommand({
  usage: 'validate [options] [path ...]',
  summary: 'Render every target as its cluster would and apply all rules to it.',
  options: {
    reporter: {
      type: 'string',
      multiple: true,
      value: 'name[=file]',
      help: `${Object.keys(reporters).join(' or ')} (repeatable)`,
    },
    'fail-on': {
      type: 'string',
      default: 'error',
      value: 'severity',
      help: 'least that fails: note, warning, error',
    },
    only: { type: 'string', value: 'group,...', help: 'only these groups or rules' },
    except: { type: 'string', value: 'group,...', help: 'all but these groups or rules' },
    'kubernetes-version': {
      type: 'string',
      value: 'version',
      help: 'decide by it for every cluster',
    },
    ...repositoryOptions,
    ...schemaOptions,
  },
  examples: [
    'presync validate',
    'presync validate overlays/prod --reporter json=report.json',
    'helm template web ./chart | presync validate -',
  ],

  async run(values, paths, terminal) {
    const writers = (values.reporter ?? ['pretty']).map(toWriter);
    const least = choose('severity', rank, values['fail-on']);
    const selectRule = selection(values.only, values.except);
    const readsInput = paths.includes('-');
    const choice = await chooseRepository(
      values,
      paths.filter((path) => path !== '-'),
      terminal,
    );
    const version = values['kubernetes-version'];
    const report = await runPipeline({
      ...choice,
      ...(readsInput && { given: [toSource('stdin', await terminal.readInput())] }),
      ...(version && { kubernetesVersion: version }),
      schemas: chooseSchemas(values, choice.folder, choice.allowed.has('network')),
      ignoreFiles: ignoredFiles(values['ignore-filename-pattern'] ?? []),
      selectRule,
      onProgress: (done, total) => terminal.progress(`rendered ${done} of ${total} targets`),
    });
    terminal.progress('');
    for (const write of writers) await write(report, terminal);
    const failed = report.findings.some(({ severity }) => rank[severity] >= least);
    return failed ? exitCodes.findings : exitCodes.clean;
  },
});

type Writer = (report: Report, terminal: Terminal) => Promise<void>;

/** `json` goes to standard output, `json=report.json` to that file. */
function toWriter(text: string): Writer {
  const [name, file] = splitOnce(text, '=');
  const reporter: Reporter = choose('reporter', reporters, name);
  return async (report, { print, colour, columns, cwd }) => {
    if (file === undefined) return print(reporter(report, { colour, columns }));
    try {
      await writeFile(resolve(cwd, file), reporter(report, { colour: false, columns: 100 }));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UserError(`the report cannot be written: ${reason}`);
    }
  };
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Without these a run would call clean what it could not read. */
const always: ReadonlySet<string> = new Set(['yaml', 'kustomization', 'render']);

function selection(only: string | undefined, except: string | undefined): (rule: Rule) => boolean {
  const wanted = only === undefined ? undefined : namesIn(only);
  const unwanted = except === undefined ? new Set<string>() : namesIn(except);
  return ({ id }) => {
    const group = id.slice(0, id.indexOf('/'));
    if (always.has(group)) return true;
    const isWanted = !wanted || wanted.has(group) || wanted.has(id);
    return isWanted && !unwanted.has(group) && !unwanted.has(id);
  };
}

function namesIn(list: string): Set<string> {
  const known = new Set(rules.flatMap(({ id }) => [id, id.slice(0, id.indexOf('/'))]));
  const names = list.split(',').map((name) => name.trim());
  for (const name of names) {
    if (known.has(name)) continue;
    const near = nearest(name, known);
    throw new UserError(`no rule or group "${name}"${near ? `; did you mean "${near}"?` : ''}`);
  }
  return new Set(names);
}
