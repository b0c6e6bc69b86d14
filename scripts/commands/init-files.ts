import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../kubernetes/fields.ts';
import { yamlLibrary } from '../kubernetes/yaml-library.ts';
import type { Survey } from './survey.ts';

/** A file that `init` writes. */
export interface Planned {
  /** From the root. */
  readonly path: string;
  readonly text: string;
  /** What it is for, for people. */
  readonly what: string;
}

/** What starts presync in a repository that has it among its dependencies. */
const command = 'npx --no-install presync validate';

/** Only types are imported: the file can be loaded wherever presync itself is installed. */
export function configFile({ ignore, typescript }: Survey): Planned {
  const fields = ignore.length > 0 ? [`  ignore: ${JSON.stringify(ignore)},`] : [];
  const body = fields.length > 0 ? `{\n${fields.join('\n')}\n}` : '{}';
  // Node reads TypeScript from 22.18.
  const isTyped = typescript && Boolean(process.features.typescript);
  const text = isTyped
    ? `import type { Config } from 'presync';\n\nexport default ${body} satisfies Config;\n`
    : `/** @type {import('presync').Config} */\nexport default ${body};\n`;
  return { path: `presync.config.${isTyped ? 'ts' : 'mjs'}`, text, what: 'the configuration' };
}

/**
 * An entry in the pre-commit tool that is there.
 *
 * @returns undefined when there is none, or it runs presync already or cannot be read
 */
export function hookFile(root: string): Planned | undefined {
  return husky(root) ?? lefthook(root) ?? preCommit(root);
}

/** What to do where no tool is there; each command fits a line, so that it can be copied. */
export function howToHook(root: string): readonly string[] {
  if (!existsSync(join(root, '.git/hooks'))) return [];
  return [
    'before every commit, once these two have run:',
    `echo '${command} --staged' > .git/hooks/pre-commit`,
    'chmod +x .git/hooks/pre-commit',
  ];
}

/** Whether a pre-commit tool runs presync already. */
export function isHooked(root: string): boolean {
  const files = ['.husky/pre-commit', ...lefthookNames, preCommitName, '.git/hooks/pre-commit'];
  return files.some((file) => textOf(root, file)?.includes('presync'));
}

function husky(root: string): Planned | undefined {
  if (!existsSync(join(root, '.husky'))) return undefined;
  const path = '.husky/pre-commit';
  const before = textOf(root, path) ?? '';
  if (before.includes('presync')) return undefined;
  const line = `${command} --staged\n`;
  const text = before === '' || before.endsWith('\n') ? before + line : `${before}\n${line}`;
  return { path, text, what: 'presync added' };
}

const lefthookNames = ['lefthook.yml', 'lefthook.yaml', '.lefthook.yml', '.lefthook.yaml'];

function lefthook(root: string): Planned | undefined {
  const path = lefthookNames.find((name) => existsSync(join(root, name)));
  if (path === undefined) return undefined;
  return extended(root, path, (document) => {
    const entry = { glob: '*.{yaml,yml,json}', run: `${command} --staged` };
    document.setIn(['pre-commit', 'commands', 'presync'], document.createNode(entry));
  });
}

const preCommitName = '.pre-commit-config.yaml';

function preCommit(root: string): Planned | undefined {
  if (!existsSync(join(root, preCommitName))) return undefined;
  return extended(root, preCommitName, (document) => {
    const hook = {
      id: 'presync',
      name: 'presync validate',
      entry: `${command} --staged`,
      language: 'system',
      types_or: ['yaml', 'json'],
      pass_filenames: false,
    };
    const local = document.createNode({ repo: 'local', hooks: [hook] });
    if (document.has('repos')) document.addIn(['repos'], local);
    else document.set('repos', document.createNode([local]));
  });
}

type Document = ReturnType<ReturnType<typeof yamlLibrary>['parseDocument']>;

/** The file with something added; its comments stay. */
function extended(
  root: string,
  path: string,
  add: (document: Document) => void,
): Planned | undefined {
  const before = textOf(root, path);
  if (before === undefined || before.includes('presync')) return undefined;
  const document = yamlLibrary().parseDocument(before);
  if (document.errors.length > 0 || !(document.contents === null || isRecord(document.toJS()))) {
    return undefined;
  }
  try {
    add(document);
  } catch {
    // Something else stands where the entry belongs.
    return undefined;
  }
  return { path, text: document.toString({ lineWidth: 0 }), what: 'presync added' };
}

function textOf(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}
