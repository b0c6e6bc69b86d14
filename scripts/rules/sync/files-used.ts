import { posix } from 'node:path';
import { isRecord, listAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import { kustomizationNames, referencesOf } from '../../kubernetes/kustomization.ts';
import type { RepositoryRule, SourceFile } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';
import { toFolder } from '../../sync/folder.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';

export const filesUsed: RepositoryRule = {
  id: 'sync/files-used',
  scope: 'repository',
  severity: 'warning',
  summary: 'A YAML file beside a kustomization that is synced is named by it or by another.',
  why: 'Kustomize reads only what it is told to: a manifest or a patch that nobody lists is reviewed, merged and never applied.',
  fix: 'Name it under `resources` or `patches`, or remove it.',
  docs: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',

  *check(repository) {
    const { sources, rendered, files } = repository;
    const synced = rendered.filter(({ target }) => target.clusters.length > 0);
    const used = usedFiles(sources);
    for (const { files: read } of rendered) for (const file of read) used.add(file);
    for (const { units } of syncGraphOf(repository).clusters) {
      for (const { file } of units.flatMap((unit) =>
        unit.sources.flatMap((one) => one.valueFiles),
      )) {
        if (file) used.add(file);
      }
    }
    // A failed build reads less than it names.
    const whole = synced.filter(({ failures }) => failures.length === 0);
    const folders = new Set(
      whole.flatMap((one) => one.files.filter(isKustomization).map((file) => posix.dirname(file))),
    );
    const left = files.filter(
      (file) =>
        folders.has(posix.dirname(file)) && isManifestName(posix.basename(file)) && !used.has(file),
    );
    for (const file of left) {
      const names = [...used].filter(
        (one) => posix.dirname(one) === posix.dirname(file) && !files.includes(one),
      );
      const near = nearest(file, names);
      yield {
        location: { file, line: 1, column: 1 },
        message: `no kustomization names ${posix.basename(file)}`,
        ...(near && { fix: `Is it meant by ${posix.basename(near)}?` }),
      };
    }
  },
};

/** Names that tools besides kustomize read, and what begins with a dot. */
const otherwiseUsed =
  /^(\.|_|values|chart|cluster\.|dashboard\.|ks\.|kustomizeconfig|skaffold|renovate|catalog-info|mkdocs|taskfile|tests?\.)|\.(sops|enc|values|tpl|tests?)\.|-values\./i;

function isManifestName(name: string): boolean {
  return /\.ya?ml$/.test(name) && !isKustomization(name) && !otherwiseUsed.test(name);
}

function isKustomization(file: string): boolean {
  return kustomizationNames.includes(posix.basename(file));
}

/** Everything that any kustomization names, also for programs that are not run here. */
function usedFiles(sources: readonly SourceFile[]): Set<string> {
  return new Set(
    sources.flatMap(({ path, documents }) => {
      const [document] = documents;
      const charts = listAt(document, ['helmCharts']).filter(isRecord);
      const named = [
        ...referencesOf(document).map(({ value }) => value),
        ...charts.flatMap((chart) => [
          textAt(chart, ['valuesFile']) ?? '',
          ...listAt(chart, ['additionalValuesFiles']).filter((one) => typeof one === 'string'),
        ]),
      ];
      const isOther = valueAt(document, ['kind']) === undefined && !isKustomization(path);
      return isOther ? [] : named.map((one) => toFolder(posix.join(posix.dirname(path), one)));
    }),
  );
}
