import { resolve } from 'node:path';
import { choose } from '../shared/choose.ts';
import { UserError } from '../shared/errors.ts';
import { type Command, defineCommand } from './command.ts';
import { compileExceptions } from './policy-exceptions.ts';
import { testPolicies } from './policy-test.ts';

export const policy: Command = defineCommand({
  usage: 'policy test|exceptions [options] [dir]',
  summary: 'Run the tests of admission policies, or compile their exceptions.',
  options: {
    write: { type: 'boolean', help: 'exceptions: write the files, and do not only compare' },
    'kubernetes-version': {
      type: 'string',
      value: 'version',
      help: 'test: decide by it (the oldest of clusters/)',
    },
    cwd: { type: 'string', value: 'folder', help: 'work there instead of here' },
    help: { type: 'boolean', help: 'show this' },
  },
  examples: [
    'presync policy test',
    'presync policy test policies/base',
    'presync policy exceptions --write',
  ],

  async run(values, [name, folder = 'policies', ...others], terminal) {
    if (others.length > 0) throw new UserError('name one folder at most');
    const act = choose(
      'policy command',
      { test: testPolicies, exceptions: compileExceptions },
      name,
    );
    const cwd = resolve(terminal.cwd, values.cwd ?? '.');
    const version = values['kubernetes-version'];
    return act({
      cwd,
      folder: resolve(cwd, folder),
      write: values.write ?? false,
      ...(version !== undefined && { version }),
      terminal,
    });
  },
});
