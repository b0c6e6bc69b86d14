import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RenderFailure, Target } from '../model.ts';
import { renderTexts } from '../pipeline.ts';
import { printable } from '../shared/text.ts';
import { type Command, defineCommand, exitCodes } from './command.ts';
import { chooseRepository, repositoryOptions } from './repository-options.ts';

export const render: Command = defineCommand({
  usage: 'render [options] [path ...]',
  summary: 'Print what the cluster receives of targets, as kustomize and the engine make it.',
  options: {
    'output-dir': {
      type: 'string',
      value: 'folder',
      help: 'write one file a resource there instead of printing',
    },
    ...repositoryOptions,
  },
  examples: [
    'presync render overlays/prod/ai-assistant',
    'presync render --cluster prod --output-dir /tmp/prod',
  ],

  async run(values, paths, terminal) {
    const choice = await chooseRepository(values, paths, terminal);
    const results = await renderTexts({
      ...choice,
      onProgress: (done, total) => terminal.progress(`rendered ${done} of ${total} targets`),
    });
    terminal.progress('');
    const folder = values['output-dir'];
    const texts = results.flatMap(({ text }) => (text ? [text] : []));
    if (folder === undefined) terminal.print(texts.join('---\n'));
    for (const { target, text, failures } of results) {
      if (folder !== undefined && text) {
        await writeResources(resolve(terminal.cwd, folder, target.name), text);
      }
      for (const failure of failures) terminal.warn(tell(target, failure));
    }
    const failed = results.some(({ failures }) => failures.length > 0);
    return failed ? exitCodes.findings : exitCodes.clean;
  },
});

function tell({ name }: Target, { location, message, fix }: RenderFailure): string {
  const { file, line, column } = location;
  const text = `${file}:${line}:${column}: ${message}${fix ? ` (${fix})` : ''}, so ${name} cannot be rendered`;
  return `${printable(text)}\n`;
}

async function writeResources(folder: string, stream: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const text of stream.split(/^---\n/m)) {
    const name = ['kind', 'namespace', 'name'].map((key) => fieldIn(text, key)).filter(Boolean);
    if (name.length === 0) continue;
    const file = `${name
      .join('-')
      .toLowerCase()
      .replaceAll(/[^a-z0-9.-]/g, '_')}.yaml`;
    await writeFile(join(folder, file), text);
  }
}

/** Kustomize writes kind at the top and name and namespace one level below `metadata`. */
function fieldIn(text: string, key: string): string | undefined {
  const metadata = /^metadata:\n((?: .*\n)*)/m.exec(text)?.[1] ?? '';
  const source = key === 'kind' ? text : metadata;
  const indent = key === 'kind' ? '' : ' {2}';
  return new RegExp(`^${indent}${key}: (.+)$`, 'm').exec(source)?.[1]?.replaceAll(/["']/g, '');
}
