import type { Manifest } from '../../model.ts';
import { type Fault, type Fields, fieldsOf, isBlank, quoted, texts } from '../faults.ts';
import { isRecord } from '../fields.ts';
import { labelFaults } from '../label-selectors.ts';
import { dnsLabel, named, qualified, syntaxFault } from '../names.ts';
import { nameRuleOf } from '../object-names.ts';
import type { PodTemplate } from '../pod-templates.ts';

/** What all annotations of an object have at most together, in bytes. */
const mostAnnotations = 262_144;

/** ValidateObjectMeta of apimachinery's api/validation, with the name as the kind wants it. */
export function* metadataFaults(manifest: Manifest): Generator<Fault> {
  const metadata = fieldsOf(manifest.data.metadata);
  yield* nameFaults(manifest, metadata);
  if (!isBlank(metadata.namespace)) {
    yield* named('namespace', metadata.namespace, ['metadata', 'namespace'], dnsLabel);
  }
  yield* sharedFaults(metadata, ['metadata']);
  for (const [finalizer, at] of texts(metadata.finalizers, ['metadata', 'finalizers'])) {
    yield* qualified('finalizer', finalizer, at);
  }
}

/** Labels and annotations of the pods that a workload makes. */
export function* templateMetadataFaults({ metadata, metadataPath }: PodTemplate): Generator<Fault> {
  yield* sharedFaults(metadata, metadataPath);
}

function* sharedFaults(metadata: Fields, path: readonly (string | number)[]): Generator<Fault> {
  yield* labelFaults(metadata.labels, [...path, 'labels']);
  const at = [...path, 'annotations'];
  let bytes = 0;
  for (const [key, value] of Object.entries(fieldsOf(metadata.annotations))) {
    // The API server allows capitals in front of the "/" here.
    yield* qualified('annotation', key.toLowerCase(), [...at, key]);
    bytes += Buffer.byteLength(key);
    if (typeof value === 'string') bytes += Buffer.byteLength(value);
  }
  if (bytes <= mostAnnotations) return;
  const message = `the annotations have ${bytes} bytes, above ${mostAnnotations}`;
  const fix = 'Move large values elsewhere; server-side apply avoids the last-applied annotation.';
  yield { path: at, message, fix };
}

function* nameFaults(manifest: Manifest, metadata: Fields): Generator<Fault> {
  const rule = nameRuleOf(manifest);
  const { name, generateName } = metadata;
  if (!rule) return;
  const path = ['metadata', 'name'];
  if (isBlank(name)) {
    const isGenerated = typeof generateName === 'string' && generateName !== '';
    if (!isGenerated) {
      // Without metadata it may be the settings of a program, such as a kubeconfig.
      if (rule.isBuiltIn && isRecord(manifest.data.metadata)) {
        yield { path: ['metadata'], message: `${manifest.kind} has no name` };
      }
      return;
    }
    // The dash at the end is followed by what the API server adds.
    const start = generateName.replace(/.-$/, 'a');
    const fault = syntaxFault(start, { ...rule.syntax, most: Number.POSITIVE_INFINITY });
    const message = `generateName ${quoted(generateName)} ${fault}`;
    if (fault) yield { path: ['metadata', 'generateName'], message, fix: rule.syntax.fix };
    return;
  }
  if (typeof name !== 'string') return;
  const faults = [...named('name', name, path, rule.syntax)];
  yield* faults;
  if (faults.length === 0) yield* rule.more(name);
}
