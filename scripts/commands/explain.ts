import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { levelsOf } from '../config/rule-levels.ts';
import type { ExplainedLine, Explanation, Location, Reach } from '../model.ts';
import { provenanceOf } from '../pipeline.ts';
import { choose } from '../shared/choose.ts';
import { UserError } from '../shared/errors.ts';
import { counted, printable } from '../shared/text.ts';
import { type Command, defineCommand, exitCodes } from './command.ts';
import { chooseRepository, repositoryOptions } from './repository-options.ts';
import { examplesOf, ruleNames, tellRule } from './tell-rule.ts';

export const explain: Command = defineCommand({
  usage: 'explain [options] <rule> | <target> <kind>/<name> [field]',
  summary: 'Tell what a rule wants, who set a field, or what a line reaches.',
  options: {
    impact: {
      type: 'string',
      value: 'file:line',
      help: 'what that line reaches: clusters, objects, fields',
    },
    json: { type: 'boolean', help: 'print JSON' },
    ...repositoryOptions,
  },
  examples: [
    'presync explain images/pinned-tag',
    'presync explain overlays/prod/ai-assistant Deployment/ai-assistant-blue',
    "presync explain overlays/prod/web Service/web 'spec.ports[name=http].port'",
    'presync explain --impact base/ai-assistant/deployment-blue.yaml:12',
  ],

  async run(values, [first, object, field, more], terminal) {
    if (more !== undefined) throw new UserError(`one field at a time; not also "${more}"`);
    const show = (answer: unknown, text: string) =>
      terminal.print(values.json ? `${JSON.stringify(answer, null, 2)}\n` : text);
    if (values.impact !== undefined) {
      const { file, line } = parsePlace(values.impact);
      const choice = await chooseRepository(values, [file], terminal);
      const [path = file] = choice.paths;
      const reached = await (await provenanceOf({ ...choice, paths: [] })).impact(path, line);
      show(reached, tellReach(reached, path, line));
    } else if (
      object === undefined &&
      first !== undefined &&
      isPath(first, resolve(terminal.cwd, values.cwd ?? '.'))
    ) {
      const answers = await provenanceOf(await chooseRepository(values, [first], terminal));
      const objects = answers.objects();
      show(objects, `${objects.map(printable).join('\n')}\nName one of them, and a field of it.\n`);
    } else if (object === undefined) {
      const { config } = await chooseRepository(values, [], terminal);
      const rule = choose('rule', ruleNames(config), first);
      const level = levelsOf(config)[rule.id] ?? (rule.optIn ? 'off' : rule.severity);
      const examples = examplesOf(rule);
      const text = tellRule({ ...rule, ...examples, level }, Math.min(terminal.columns, 100));
      show({ ...rule, level, examples }, text);
    } else {
      const answers = await provenanceOf(
        await chooseRepository(values, first === undefined ? [] : [first], terminal),
      );
      const removed = await answers.removed(object);
      if (removed) {
        const { certainty, chain, removedBy } = removed;
        show({ certainty, chain, removedBy }, tellField(removed));
      } else if (field === undefined) {
        const lines = await answers.annotate(object);
        show(lines, tellLines(lines));
      } else {
        const explanation = await answers.explain(object, field);
        const { value, certainty, chain, removedBy } = explanation;
        show({ value, certainty, chain, removedBy }, tellField(explanation));
      }
    }
    return exitCodes.clean;
  },
});

/** Rules and groups of rules are named like paths; a folder of that name is meant as one. */
function isPath(name: string, folder: string): boolean {
  return existsSync(resolve(folder, name));
}

function parsePlace(text: string): { file: string; line: number } {
  const [, file, line] = /^(.+):([1-9]\d*)$/.exec(text) ?? [];
  if (!file) throw new UserError(`--impact takes <file>:<line>; not "${text}"`);
  return { file, line: Number(line) };
}

/** First writer first; the rendered value last. */
function tellField(explanation: Explanation): string {
  const { object, path, value, certainty, chain, removedBy, near } = explanation;
  const places = chain.map((writing) => placeOf(writing));
  const width = widest(places);
  const steps = chain.map((writing, index) => {
    const place = (places[index] ?? '').padEnd(width);
    return `${place}  ${writing.by.padEnd(12)}  ${shown(writing.value)}`;
  });
  const isCollection = typeof value === 'object' && value !== null;
  const reason = isCollection ? 'made of several' : 'the nearest place that is known';
  const unproven = certainty === 'exact' ? '' : ` (${reason})`;
  const result = removedBy
    ? `${path || `${object.kind}/${object.name}`} is removed by ${placeOf(removedBy)}`
    : value === undefined
      ? `${path} is not there${near ? `; did you mean "${near}"?` : ''}`
      : `${path}: ${shown(value)}${unproven}`;
  return `${[...steps, result].map(printable).join('\n')}\n`;
}

function tellLines(lines: readonly ExplainedLine[]): string {
  const places = lines.map(({ location, certainty }) =>
    location ? `${placeOf(location, false)}${certainty === 'exact' ? '' : ' ?'}` : '',
  );
  const width = widest(places);
  const told = lines.map(
    ({ text }, index) => `${printable(`${(places[index] ?? '').padEnd(width)} | ${text}`)}\n`,
  );
  const isSure = places.every((place) => !place.endsWith(' ?'));
  return [...told, ...(isSure ? [] : ['? is the nearest place that is known\n'])].join('');
}

/** An object may have more lines than a call may have arguments. */
function widest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

function tellReach(reached: readonly Reach[], file: string, line: number): string {
  if (reached.length === 0) return `${printable(file)}:${line} sets no field of any target\n`;
  const clusters = new Set(reached.flatMap((one) => one.clusters));
  const targets = new Set(reached.map(({ target }) => target));
  const lines = reached.map(
    ({ target, object, path }) => `${target}  ${object.kind}/${object.name}  ${path}`,
  );
  const total = [
    counted(reached.length, 'field'),
    counted(targets.size, 'target'),
    counted(clusters.size, 'cluster'),
  ];
  return `${[...lines, total.join(', ')].map(printable).join('\n')}\n`;
}

function placeOf({ file, line, column }: Location, withColumn = true): string {
  return withColumn ? `${file}:${line}:${column}` : `${file}:${line}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
