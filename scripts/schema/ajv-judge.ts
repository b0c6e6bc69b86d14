import type { Judge, JudgeOptions } from './judge.ts';
import { unknownKind } from './unknown-kind.ts';
import { defaultLocation, loadValidators } from './validators.ts';

/** Judges by compiled checks: those of the catalogue, of CRDs, and of schema locations. */
export async function ajvJudge({
  manifests,
  crds,
  kubernetes,
  choice,
}: JudgeOptions): Promise<Judge> {
  const { locations = [defaultLocation], network = false } = choice;
  const { problemsOf } = await loadValidators({
    kinds: manifests,
    crds,
    locations,
    network,
    ...(kubernetes && { kubernetes }),
  });
  // Only the catalogue knows all kinds of a Kubernetes version.
  const knowsAll = locations.includes(defaultLocation);
  return ({ data, apiVersion, kind }) => {
    const problems = problemsOf(data);
    if (problems || !knowsAll) return problems;
    const unknown = unknownKind(apiVersion, kind, kubernetes);
    return unknown && [unknown];
  };
}
