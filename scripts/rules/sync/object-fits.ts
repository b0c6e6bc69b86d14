import { describe } from '../../kubernetes/manifests.ts';
import type { RepositoryRule } from '../../model.ts';
import { appliedIn } from '../../sync/applied.ts';
import { optionsOf } from '../../sync/prune-protection.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';

/** What all annotations of an object may have together, in bytes. */
const most = 262_144;

const enough = ['ServerSideApply=true', 'Replace=true', 'Force=true,Replace=true'];

export const objectFits: RepositoryRule = {
  id: 'sync/object-fits',
  scope: 'repository',
  severity: 'error',
  summary: 'An object that Argo CD applies on its own side fits into an annotation.',
  why: 'Client-side apply keeps the whole object in an annotation, and the API server refuses annotations of more than 262,144 bytes.',
  fix: 'Add `ServerSideApply=true` to the sync options of the Application or of the object.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#server-side-apply',

  *check(repository) {
    for (const sync of syncGraphOf(repository).clusters) {
      for (const { unit, manifest } of appliedIn(sync, repository.rendered, () => undefined)) {
        if (unit.engine !== 'argocd') continue;
        const options = [...unit.policy.options, ...optionsOf(manifest)];
        if (options.some((one) => enough.includes(one))) continue;
        const size = Buffer.byteLength(JSON.stringify(manifest.data));
        if (size <= most) continue;
        yield {
          manifest,
          path: ['metadata', 'name'],
          message: `${describe(manifest)} has ${size} bytes, and ${describe(unit)} applies it on the client's side`,
        };
      }
    }
  },
};
