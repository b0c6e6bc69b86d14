import { containersOf } from '../../kubernetes/workloads.ts';
import type { Manifest, ManifestRule } from '../../model.ts';

export const pinnedTag: ManifestRule = {
  id: 'images/pinned-tag',
  scope: 'manifest',
  severity: 'error',
  summary: 'Every image has a tag that stays put, or a digest.',
  why: 'With a moving tag two pods of one workload can run different code, and a rollback rolls back nothing.',
  fix: 'Set `newTag` or `digest` for the image under `images:` in the overlay.',
  docs: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',

  *check(manifest) {
    for (const { image, path } of containersOf(manifest)) {
      const fault = faultOf(image);
      if (!fault) continue;
      const message = `image "${image}" has ${fault}`;
      yield { manifest, path: [...path, 'image'], message, ...fixFor(String(image), manifest) };
    }
  },
};

function fixFor(image: string, { target }: Manifest): { fix?: string } {
  if (target?.kind !== 'kustomization') return {};
  const name = image.replace(/:[^:/]+$/, '');
  return {
    fix: `Set \`newTag\` or \`digest\` for "${name}" under \`images:\` in ${target.path}/kustomization.yaml.`,
  };
}

const movingTags: ReadonlySet<string> = new Set([
  'latest',
  'main',
  'master',
  'edge',
  'nightly',
  'develop',
]);

function faultOf(image: unknown): string | undefined {
  if (typeof image !== 'string' || image === '' || image.includes('@sha256:')) return undefined;
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  if (!tag) return 'no tag';
  return movingTags.has(tag) ? `the moving tag "${tag}"` : undefined;
}
