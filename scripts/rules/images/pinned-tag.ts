import { containersOf } from '../../kubernetes/workloads.ts';
import type { Manifest, ManifestRule } from '../../model.ts';
import { textsIn, textsOption } from '../options.ts';

const usuallyMoving: readonly string[] = ['latest', 'main', 'master', 'edge', 'nightly', 'develop'];

/** Options: `movingTags`, further ones that move, and `allowedTags`, those of them that may stay. */
export const pinnedTag: ManifestRule = pinnedTagWith({});

function pinnedTagWith({
  movingTags,
  allowedTags,
}: Readonly<Record<string, unknown>>): ManifestRule {
  const moving = new Set([...usuallyMoving, ...textsIn(movingTags)]);
  for (const tag of textsIn(allowedTags)) moving.delete(tag);
  return {
    id: 'images/pinned-tag',
    scope: 'manifest',
    severity: 'error',
    summary: 'Every image has a tag that stays put, or a digest.',
    why: 'With a moving tag two pods of one workload can run different code, and a rollback rolls back nothing.',
    fix: 'Set `newTag` or `digest` for the image under `images:` in the overlay.',
    docs: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
    yieldsToPolicies: true,
    options: {
      movingTags: textsOption(`tags that move besides ${usuallyMoving.join(', ')}`),
      allowedTags: textsOption('tags that may stay although they move; none by default'),
    },
    configure: pinnedTagWith,

    *check(manifest) {
      for (const { image, path } of containersOf(manifest)) {
        const fault = faultOf(image, moving);
        if (!fault) continue;
        const message = `image "${image}" has ${fault}`;
        yield { manifest, path: [...path, 'image'], message, ...fixFor(String(image), manifest) };
      }
    },
  };
}

function fixFor(image: string, { target }: Manifest): { fix?: string } {
  if (target?.kind !== 'kustomization') return {};
  const name = image.replace(/:[^:/]+$/, '');
  return {
    fix: `Set \`newTag\` or \`digest\` for "${name}" under \`images:\` in ${target.path}/kustomization.yaml.`,
  };
}

function faultOf(image: unknown, moving: ReadonlySet<string>): string | undefined {
  if (typeof image !== 'string' || image === '' || image.includes('@sha256:')) return undefined;
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  if (!tag) return 'no tag';
  return moving.has(tag) ? `the moving tag "${tag}"` : undefined;
}
