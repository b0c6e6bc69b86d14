import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { styleText } from 'node:util';
import { findClusters } from '../discover/clusters.ts';
import { listFiles } from '../discover/files.ts';
import { openSources } from '../discover/sources.ts';
import { readPolicies } from '../policy/given-policies.ts';
import { readTests } from '../policy/testing/read-tests.ts';
import { runTests, type TestResult } from '../policy/testing/run-tests.ts';
import { yamlFilesIn } from '../policy/yaml-files.ts';
import { servedResources } from '../schema/served-resources.ts';
import { UserError } from '../shared/errors.ts';
import { counted, printable } from '../shared/text.ts';
import { exitCodes, type Terminal } from './command.ts';

/** Where a command about policies works. */
export interface PolicyWork {
  readonly cwd: string;
  /** The folder that was named, absolute. */
  readonly folder: string;
  readonly write: boolean;
  /** A Kubernetes version, as `1.34`. */
  readonly version?: string;
  readonly terminal: Terminal;
}

interface Tested extends TestResult {
  readonly name: string;
}

/**
 * Runs every `tests.yaml` below a folder and prints what they give.
 *
 * @returns the exit code: 1 when a case fails, or a validation or condition was not seen both ways
 * @throws UserError when there are no tests, or a file is not as its format has it
 */
export async function testPolicies({
  cwd,
  folder,
  version,
  terminal,
}: PolicyWork): Promise<number> {
  if (!existsSync(folder)) throw new UserError(`there is no folder ${relative(cwd, folder)}`);
  const kubernetes = version ?? oldestVersion(cwd);
  const tested: Tested[] = [];
  const unread: string[] = [];
  for (const file of yamlFilesIn(folder).filter(isTests)) {
    try {
      const result = testFile(join(folder, file), cwd, kubernetes);
      terminal.print(lines(result, terminal.colour));
      tested.push(result);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      unread.push(error.message);
    }
  }
  if (tested.length > 0) terminal.print(`\n${summary(tested)}\n`);
  else if (unread.length === 0) {
    throw new UserError(`there is no tests.yaml in ${relative(cwd, folder) || '.'}`);
  }
  // One file that nobody can read hides nothing of the others.
  if (unread.length > 0) throw new UserError(unread.join('\n'));
  return tested.every(isPassed) ? exitCodes.clean : exitCodes.findings;
}

function isTests(file: string): boolean {
  return /(?:^|\/)tests\.ya?ml$/.test(file);
}

function testFile(path: string, cwd: string, version: string | undefined): Tested {
  const { policies } = readPolicies([dirname(path)], cwd).set;
  const [found, another] = policies;
  const file = relative(cwd, path);
  if (!found || another) throw new UserError(`${file} has not exactly one policy beside it`);
  const cases = readTests(readFileSync(path, 'utf8'), file);
  const known = servedResources([])(version);
  return { name: found.name, ...runTests(found.spec, cases, known, version) };
}

function lines(tested: Tested, colour: boolean): string {
  const { name, cases, unseen, problems } = tested;
  const good = colour ? styleText('green', '✓') : '✓';
  const bad = colour ? styleText('red', '✗') : '✗';
  if (isPassed(tested)) return `${good} ${name} (${counted(cases.length, 'case')})\n`;
  const faults = [
    ...problems,
    ...cases.flatMap((one) => (one.fault === undefined ? [] : [`${one.name}: ${one.fault}`])),
    ...unseen,
  ];
  return [`${bad} ${name}`, ...faults.map((fault) => `  ${bad} ${printable(fault)}`), ''].join(
    '\n',
  );
}

function summary(tested: readonly Tested[]): string {
  const cases = tested.flatMap((one) => one.cases);
  const failed = cases.filter(({ fault }) => fault !== undefined).length;
  const unseen = tested.reduce((sum, one) => sum + one.unseen.length, 0);
  const broken = tested.filter(({ problems }) => problems.length > 0).length;
  const parts = [
    ...(broken > 0 ? [`${broken} not compiled`] : []),
    counted(cases.length, 'case'),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(unseen > 0 ? [`${unseen} not seen both true and false`] : []),
  ];
  return `${counted(tested.length, 'policy', 'policies')}, ${parts.join(', ')}`;
}

function isPassed({ cases, unseen, problems }: TestResult): boolean {
  return problems.length + unseen.length === 0 && cases.every(({ fault }) => fault === undefined);
}

/** What works in the oldest cluster works in all. */
function oldestVersion(root: string): string | undefined {
  const files = listFiles(root, []).filter((file) => file.startsWith('clusters/'));
  const versions = findClusters(files, openSources(root)).flatMap(
    ({ cluster }) => cluster.kubernetes ?? [],
  );
  const minor = (one: string) => Number(one.split('.')[1]);
  return versions.toSorted((a, b) => minor(a) - minor(b))[0];
}
