import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../scripts/commands/main.ts';
import { copyRepository, edit, makeRepository } from '../repository.ts';

/** Microsoft's validator of SARIF, with the rules that GitHub's code scanning has. */
const validator = '@microsoft/sarif-multitool-linux@5.7.0';

/** What it holds against a log, by rule. */
type Complaints = (log: unknown) => Promise<string[]>;

// The package is a program for this one kind of machine.
describe.runIf(process.platform === 'linux' && process.arch === 'x64')('code scanning', () => {
  let complaintsOf: Complaints;
  let log: { runs: { results: object[]; tool: { driver: { rules: object[] } } }[] };

  beforeAll(async () => {
    const tools = makeRepository({ 'package.json': '{ "private": true }\n' });
    await execa('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', validator], {
      cwd: tools,
    });
    const program = join(tools, 'node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool');
    chmodSync(program, 0o755);
    complaintsOf = async (told) => {
      const [input, output] = [join(tools, 'in.sarif'), join(tools, 'out.sarif')];
      writeFileSync(input, JSON.stringify(told));
      await execa(
        program,
        ['validate', input, '--rule-kind', 'Sarif;Ghas', '-o', output, '--log', 'ForceOverwrite'],
        { env: { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' }, reject: false },
      );
      const [run] = JSON.parse(readFileSync(output, 'utf8')).runs;
      return run.results.map(({ ruleId }: { ruleId: string }) => ruleId);
    };
    const folder = copyRepository();
    edit(folder, 'base/ai-assistant/deployment-blue.yaml', (text) =>
      text.replace('containerPort: 8000', 'containerPort: http'),
    );
    const file = join(folder, 'out.sarif');
    await main(['validate', '--cwd', folder, '--reporter', `sarif=${file}`], {
      cwd: folder,
      colour: false,
      columns: 80,
      print() {},
      warn() {},
      progress() {},
      readInput: async () => '',
    });
    log = JSON.parse(readFileSync(file, 'utf8'));
  });

  test('has nothing against a log of a real run', async () => {
    expect(log.runs[0]?.results.length).toBeGreaterThan(0);
    expect(await complaintsOf(log)).toEqual([]);
  });

  test('would have, for a log without help and places', async () => {
    const [run] = structuredClone(log).runs;
    Object.assign(run?.tool.driver.rules[0] ?? {}, { help: undefined });
    Object.assign(run?.results[0] ?? {}, { locations: [] });
    const complaints = await complaintsOf({ ...log, runs: [run] });
    expect(complaints.some((rule) => rule.startsWith('GH'))).toBe(true);
  });
});
