import type { SourceRule } from '../../model.ts';

export const wellFormed: SourceRule = {
  id: 'yaml/well-formed',
  scope: 'source',
  severity: 'error',
  summary: 'Every file is YAML that Kubernetes can read.',
  why: 'Kustomize stops at the first file it cannot read, and nothing of the overlay is applied.',
  fix: 'Correct the YAML at this place; often it is the indentation of the line or a missing quote.',
  docs: 'https://yaml.org/spec/1.2.2/',

  *check({ syntaxProblems }) {
    // The first one makes most of the others.
    yield* syntaxProblems.slice(0, 1);
  },
};
