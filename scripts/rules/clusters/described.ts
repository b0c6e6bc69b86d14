import { clusterFaults, clusterFileName } from '../../kubernetes/cluster-file.ts';
import { openLocator } from '../../kubernetes/locate-field.ts';
import type { SourceRule } from '../../model.ts';

export const described: SourceRule = {
  id: 'clusters/described',
  scope: 'source',
  severity: 'error',
  summary: 'A `cluster.yaml` says what its contract has room for, and nothing else.',
  why: 'A misspelt field is silently not there, and every check that reads it decides for the wrong cluster.',
  fix: 'See `schemas/cluster.schema.json` for the fields and their meaning.',
  docs: 'https://json-schema.org/',

  *check({ path, text, documents, syntaxProblems }) {
    const isClusterFile = new RegExp(`^clusters/[^/]+/${clusterFileName}$`).test(path);
    if (!isClusterFile || syntaxProblems.length > 0) return;
    const locator = openLocator(text, path);
    for (const { path: field, ...fault } of clusterFaults(documents[0])) {
      yield { ...fault, location: locator.locate(0, field).location };
    }
  },
};
