import { listAt, textAt } from '../kubernetes/fields.ts';
import { openLocator } from '../kubernetes/locate-field.ts';
import { nearest } from '../shared/nearest.ts';
import type { BuildMessage } from './build-message.ts';
import { type FailureContext, folderOf, kustomizationIn, type Told } from './failure-place.ts';

/** The kinds whose replicas kustomize sets. */
const scaled = /^(Deployment|StatefulSet|ReplicaSet|ReplicationController)$/;

/** An entry of `replicas` for a workload that is not there. */
export function unmatchedReplicas(read: BuildMessage, context: FailureContext): Told | undefined {
  const wanted = /resource with name (\S+) does not match a config with the following GVK/;
  const name = wanted.exec(read.cause)?.[1];
  const source = kustomizationIn(folderOf(read, context), context.sources);
  if (name === undefined || !source) return undefined;
  const entries = listAt(source.documents[0], ['replicas']);
  const index = entries.findIndex((entry) => textAt(entry, ['name']) === name);
  if (index < 0) return undefined;
  const names = context.sources
    .flatMap(({ documents }) => documents)
    .filter((document) => scaled.test(textAt(document, ['kind']) ?? ''))
    .flatMap((document) => textAt(document, ['metadata', 'name']) ?? []);
  const near = nearest(name, names);
  return {
    message: `replicas are set for "${name}", but no workload has that name`,
    fix: near ? `Did you mean "${near}"?` : 'Correct the name, or remove the entry.',
    location: openLocator(source.text, source.path).locate(0, ['replicas', index, 'name']).location,
  };
}
