import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import { copyRepository, edit } from '../repository.ts';

/** Slips in the wiring of this repository, and what each must give. */
const slips: readonly (readonly [string, string, (text: string) => string, readonly string[]])[] = [
  [
    'a path with a slip',
    'clusters/prod/argocd/apps/ai-assistant.yaml',
    (text) => text.replace('overlays/prod/ai-assistant', 'overlays/prod/ai-asistant'),
    [
      'sync/path-exists Application argocd/ai-assistant syncs "overlays/prod/ai-asistant", which does not exist',
    ],
  ],
  [
    'a kind that the project does not permit',
    'clusters/prod/argocd/projects/ai-assistant.yaml',
    (text) => text.replace('    - group: networking.k8s.io\n      kind: Ingress\n', ''),
    [
      'sync/project-permits project "ai-assistant" does not permit kind Ingress in Application argocd/ai-assistant',
    ],
  ],
  [
    'a project with a slip',
    'clusters/prod/argocd/apps/suoke-life.yaml',
    (text) => text.replace('project: suoke-life', 'project: suoke-live'),
    [
      'sync/project-permits Application argocd/suoke-life is in project "suoke-live", which does not exist',
    ],
  ],
  [
    'a release of which one engine hears',
    'clusters/prod/flux/sources.yaml',
    (text) => text.replace('tag: v1.0.0', 'tag: v1.1.0'),
    [
      'sync/engines-agree Application argocd/ai-assistant deploys "overlays/prod/ai-assistant" at v1.0.0, and v1.1.0 in the other engine',
    ],
  ],
  [
    'production on a branch',
    'clusters/prod/argocd/apps/pdf-processor.yaml',
    (text) => text.replace('targetRevision: v1.0.0', 'targetRevision: main'),
    [
      'sync/revision-pinned Application argocd/pdf-processor follows the branch "main" in production',
    ],
  ],
  [
    'a version that nothing reads',
    'overlays/prod/platform/charts/versions.yaml',
    (text) => `${text}  kedaa: 2.21.0\n`,
    ['sync/versions-used no replacement reads key "kedaa"'],
  ],
  [
    'a dependency with a slip',
    'clusters/dev/flux/apps/ai-assistant.yaml',
    (text) => text.replace('- name: policies', '- name: policy'),
    [
      'sync/dependency-exists Kustomization flux-system/ai-assistant depends on Kustomization flux-system/policy, which does not exist',
    ],
  ],
  [
    'dependencies in a circle',
    'clusters/dev/flux/platform/crds.yaml',
    (text) => text.replace('spec:\n', 'spec:\n  dependsOn:\n    - name: policies\n'),
    ['sync/dependencies-acyclic Kustomization flux-system/platform-configs waits for'],
  ],
  [
    'a namespace without protection',
    'base/ai-assistant/namespace.yaml',
    (text) => text.replace(/ {2}annotations:\n( {4}.*\n)+/, ''),
    [
      'sync/data-kept Application argocd/ai-assistant deletes Namespace ai-assistant when it is no longer in Git',
    ],
  ],
  [
    'waves without health',
    'clusters/prod/argocd/config-map.yaml',
    (text) => text.replace('health.argoproj.io_Application', 'health.argoproj.io_Aplication'),
    ['sync/application-health'],
  ],
  [
    'a manifest that nobody lists',
    'base/ai-assistant/kustomization.yaml',
    (text) => text.replace(/ {2}- ingress\.yaml\n/, ''),
    ['sync/files-used no kustomization names ingress.yaml'],
  ],
];

async function findingsIn(root: string): Promise<string[]> {
  const { findings } = await validate({ root, selectRule: ({ id }) => id.startsWith('sync/') });
  return findings.map(({ rule, message }) => `${rule} ${message}`);
}

describe('the wiring of this repository', () => {
  test('is clean', async () => {
    expect(await findingsIn(copyRepository())).toEqual([]);
  });

  test.for(slips)('with %s is not', async ([, file, change, expected]) => {
    const folder = copyRepository();
    edit(folder, file, change);
    const found = await findingsIn(folder);
    for (const one of expected) {
      expect(
        found.filter((other) => other.startsWith(one)),
        found.join('\n'),
      ).not.toEqual([]);
    }
  });

  test('without an app in one engine is not in step', async () => {
    const folder = copyRepository();
    const file = join(folder, 'clusters/prod/flux/apps/suoke-life.yaml');
    expect(readFileSync(file, 'utf8')).toContain('suoke-life');
    rmSync(file);
    expect(await findingsIn(folder)).toContain(
      'sync/engines-agree Application argocd/suoke-life deploys "overlays/prod/suoke-life", and nothing of Flux does',
    );
  });
});
