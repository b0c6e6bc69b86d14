import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { validate } from '../scripts/index.ts';
import { copyRepository, edit } from './repository.ts';

/** Real slips, each made in a copy of this repository, and the one line that each must give. */
interface Mistake {
  readonly what: string;
  readonly make: (folder: string) => void;
  readonly file: string;
  /** What the line at fault says. */
  readonly line: string;
  /** Rule and message; several where several policies refuse one field. */
  readonly finding: string | readonly string[];
  /** How many targets show it. */
  readonly targets: number;
}

const base = 'base/ai-assistant';

const mistakes: readonly Mistake[] = [
  {
    what: 'a misspelt field in the base',
    make: (folder) =>
      edit(folder, `${base}/deployment-blue.yaml`, (text) =>
        text.replace('\nspec:\n', '\nspec:\n  replica: 3\n'),
      ),
    file: `${base}/deployment-blue.yaml`,
    line: 'replica: 3',
    finding: `schema/valid unknown field "replica"`,
    targets: 3,
  },
  {
    what: 'a name where a port number belongs',
    make: (folder) =>
      edit(folder, `${base}/deployment-blue.yaml`, (text) =>
        text.replace('containerPort: 8000', 'containerPort: http'),
      ),
    file: `${base}/deployment-blue.yaml`,
    line: 'containerPort: http',
    finding: `schema/valid containerPort must be an integer, not the string "http"`,
    targets: 3,
  },
  {
    what: 'a removed selector',
    make: (folder) =>
      edit(folder, `${base}/deployment-blue.yaml`, (text) =>
        text.replace(/ {2}selector:\n {4}matchLabels:\n( {6}.*\n)+/, ''),
      ),
    file: `${base}/deployment-blue.yaml`,
    line: 'spec:',
    finding: `schema/valid required field "selector" is missing`,
    targets: 3,
  },
  {
    what: 'a missing patch file',
    make: (folder) => rmSync(join(folder, 'overlays/prod/ai-assistant/service-account.patch.yaml')),
    file: 'overlays/prod/ai-assistant/kustomization.yaml',
    line: 'path: service-account.patch.yaml',
    finding:
      'kustomization/path-exists patches names "service-account.patch.yaml", which does not exist',
    targets: 1,
  },
  {
    what: 'a missing file of the base',
    make: (folder) => rmSync(join(folder, base, 'deployment.patch.yaml')),
    file: `${base}/kustomization.yaml`,
    line: 'path: deployment.patch.yaml',
    finding: `kustomization/path-exists patches names "deployment.patch.yaml", which does not exist`,
    targets: 3,
  },
  {
    what: 'a YAML syntax error in one overlay',
    make: (folder) =>
      edit(folder, 'overlays/dev/ai-assistant/ingress.patch.yaml', (text) =>
        text.replace('\n', '\n   bad: [\n'),
      ),
    file: 'overlays/dev/ai-assistant/ingress.patch.yaml',
    line: '- op: replace',
    finding: 'yaml/well-formed nested mappings are not allowed in compact mappings',
    targets: 1,
  },
  {
    what: 'a Service selector that selects nothing',
    make: (folder) =>
      edit(folder, `${base}/service-live.yaml`, (text) =>
        text.replace('app.kubernetes.io/name: ai-assistant', 'app.kubernetes.io/name: ai-asistant'),
      ),
    file: `${base}/service-live.yaml`,
    line: 'selector:',
    finding: `selectors/service-selects-pods selector app.kubernetes.io/name=ai-asistant, color=blue matches the pods of no workload in namespace ai-assistant`,
    targets: 3,
  },
  {
    what: 'an image without a tag, because the overlay lost its entry',
    make: (folder) =>
      edit(folder, 'overlays/prod/ai-assistant/kustomization.yaml', (text) =>
        text.replace(/ {2}- name: ai-assistant-blue\n( {4}.*\n)+/, ''),
      ),
    file: `${base}/deployment-blue.yaml`,
    line: 'image: ai-assistant-blue',
    finding: [
      'policies/satisfied policy "image-digest-required": image "ai-assistant-blue" of container "api" has no digest',
      'policies/satisfied policy "image-registry-allowed": image "ai-assistant-blue" of container "api" is from none of docker.io/library/,docker.io/rclone/,quay.io/minio/,registry.example.com/',
      'policies/satisfied policy "image-tag-required": image "ai-assistant-blue" of container "api" has no version',
    ],
    targets: 1,
  },
  {
    what: 'an Application path that does not exist',
    make: (folder) =>
      edit(folder, 'clusters/prod/argocd/apps/ai-assistant.yaml', (text) =>
        text.replace('path: overlays/prod/ai-assistant', 'path: overlays/prod/ai-asistant'),
      ),
    file: 'clusters/prod/argocd/apps/ai-assistant.yaml',
    line: 'path: overlays/prod/ai-asistant',
    finding:
      'sync/path-exists Application argocd/ai-assistant syncs "overlays/prod/ai-asistant", which does not exist',
    targets: 1,
  },
];

test('a copy without mistakes is clean', async () => {
  const report = await validate({ root: copyRepository() });
  expect(report.findings).toEqual([]);
  expect(report.summary.manifests).toBeGreaterThan(90);
});

test.for(mistakes)('$what', async ({ make, file, line, finding, targets }) => {
  const folder = copyRepository();
  make(folder);
  const report = await validate({ root: folder });
  const told = report.findings.map(({ rule, message }) => `${rule} ${message}`);
  expect(told).toEqual([finding].flat());
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  for (const { location, targets: reached } of report.findings) {
    expect(location.file).toBe(file);
    expect(lines[location.line - 1]).toContain(line);
    expect(reached).toHaveLength(targets);
  }
});

test('one broken overlay leaves the others rendered', async () => {
  const folder = copyRepository();
  edit(folder, 'overlays/dev/ai-assistant/kustomization.yaml', (text) => `${text}broken: [\n`);
  const { targets } = await validate({ root: folder });
  const failed = targets.filter(({ rendered }) => !rendered).map(({ path }) => path);
  expect(failed).toEqual(['overlays/dev/ai-assistant']);
  expect(targets.find(({ path }) => path === 'overlays/prod/ai-assistant')).toMatchObject({
    rendered: true,
    clusters: ['prod'],
    engines: ['argocd', 'flux'],
  });
});
