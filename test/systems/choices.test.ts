import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import { copyRepository, edit } from '../repository.ts';

/** What an overlay takes, and the one that excludes it. */
const choices = [
  ['prod/ai-assistant', 'color-blue', 'color-green', 'color'],
  ['dev/grading-system', 'scaling-hpa', 'scaling-keda', 'scaling'],
  ['prod/grading-system', 'scaling-keda', 'scaling-hpa', 'scaling'],
  ['dev/pdf-processor', 'scaling-fixed', 'scaling-keda', 'scaling'],
  ['staging/pdf-processor', 'load-medium', 'load-small', 'load'],
  ['prod/pdf-processor', 'load-high', 'load-medium', 'load'],
  ['dev/suoke-life', 'scaling-vpa', 'scaling-hpa', 'scaling'],
] as const;

async function findings(root: string, overlay: string): Promise<string[]> {
  const report = await validate({
    root,
    paths: [`overlays/${overlay}`],
    selectRule: ({ id }) => id === 'kustomization/one-choice',
  });
  return report.findings.map(
    ({ location, message }) => `${location.file}:${location.line} ${message}`,
  );
}

test.for(choices)('%s without %s', async ([overlay, taken, , group]) => {
  const root = copyRepository();
  const file = `overlays/${overlay}/kustomization.yaml`;
  edit(root, file, (text) => text.replace(new RegExp(`^  - .*/components/${taken}\n`, 'm'), ''));
  const line = lineOf(root, file, /^components:/);
  const app = overlay.slice(overlay.indexOf('/') + 1);
  expect(await findings(root, overlay)).toEqual([
    `${file}:${line} no component of the choice "${group}" of base/${app} is taken`,
  ]);
});

test.for(choices)('%s with %s and %s', async ([overlay, taken, other, group]) => {
  const root = copyRepository();
  const file = `overlays/${overlay}/kustomization.yaml`;
  edit(root, file, (text) =>
    text.replace(new RegExp(`^(  - .*/components/)${taken}\n`, 'm'), `$&$1${other}\n`),
  );
  const line = lineOf(root, file, new RegExp(`components/${other}$`));
  const app = overlay.slice(overlay.indexOf('/') + 1);
  expect(await findings(root, overlay)).toEqual([
    `${file}:${line} "${other}" is taken besides "${taken}", and both are the choice "${group}" of base/${app}`,
  ]);
});

/** The first line that matches, or the first of the file. */
function lineOf(root: string, file: string, pattern: RegExp): number {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  return Math.max(lines.findIndex((line) => pattern.test(line)) + 1, 1);
}
