import type { ChangedKustomization, TargetFiles } from '../model.ts';
import { closureOf } from './closure.ts';
import type { ClosureContext } from './closure-context.ts';
import { type Sources, toSource } from './sources.ts';
import type { FoundTarget } from './synced-targets.ts';

/** What a target is rendered from: its kustomization is followed, also one that an engine changes. */
export function filesOf(found: FoundTarget, context: ClosureContext): TargetFiles {
  const { target, manifestFiles, changed, metadata, postBuild, failures: own = [] } = found;
  if (target.kind === 'kustomization') {
    const { failures, ...files } = closureOf(
      target.path,
      changed ? { ...context, changed, sources: withChanged(context.sources, changed) } : context,
    );
    return {
      ...files,
      failures: [...own, ...failures],
      ...(changed && { changed }),
      ...(metadata && { metadata }),
      ...(postBuild && { postBuild }),
    };
  }
  const failures = manifestFiles.flatMap((file) =>
    (context.sources.read(file)?.syntaxProblems ?? []).map((problem) => ({
      rule: 'yaml/well-formed',
      ...problem,
    })),
  );
  return {
    files: manifestFiles,
    resources: manifestFiles,
    failures,
    batchable: true,
    generates: false,
  };
}

function withChanged(sources: Sources, { file, text }: ChangedKustomization): Sources {
  const changed = toSource(file, text);
  return { ...sources, read: (path) => (path === file ? changed : sources.read(path)) };
}
