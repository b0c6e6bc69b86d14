import { listAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import type { RepositoryRule } from '../../model.ts';
import { kustomizationsIn } from '../kustomizations.ts';
import { partsOf } from './parts.ts';

export const effectiveReplicas: RepositoryRule = {
  id: 'kustomization/effective-replicas',
  scope: 'repository',
  severity: 'note',
  summary: 'Every entry of `replicas` sets another count than the one that is there.',
  why: 'An entry that repeats the base looks like a difference between environments and is none, and hides the next change of the base.',
  fix: 'Remove the entry, or set the count that was meant.',
  docs: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replicas/',

  *check(repository) {
    for (const use of kustomizationsIn(repository)) {
      const entries = listAt(use.value, ['replicas']);
      // An option repeats for one overlay what it changes for another.
      if (entries.length === 0 || use.isComponent) continue;
      const { kustomizations, declared, patches } = partsOf(use);
      // Whatever else speaks of replicas may have changed them before.
      const others = kustomizations.filter(
        ({ file, value }) => file !== use.source.path && value.replicas !== undefined,
      );
      const replacements = kustomizations.map(({ value }) => value.replacements);
      const isUnsure =
        others.length > 0 ||
        JSON.stringify(replacements).includes('replicas') ||
        patches.some(({ documents }) => JSON.stringify(documents).includes('replicas')) ||
        kustomizations.some(({ value }) => value.namePrefix ?? value.nameSuffix);
      if (isUnsure) continue;
      for (const [index, entry] of entries.entries()) {
        const [name, count] = [textAt(entry, ['name']), valueAt(entry, ['count'])];
        const named = declared.filter(
          (one) => one.name === name && scaled.has(one.kind) && typeof count === 'number',
        );
        const isThere = named.every(({ data }) => valueAt(data, ['spec', 'replicas']) === count);
        const isTwice = entries.filter((one) => textAt(one, ['name']) === name).length > 1;
        if (named.length === 0 || !isThere || isTwice) continue;
        yield {
          location: use.locate(['replicas', index, 'count']),
          message: `"${name}" has ${count} replicas already`,
        };
      }
    }
  },
};

/** The kinds whose count `replicas` sets. */
const scaled: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
]);
