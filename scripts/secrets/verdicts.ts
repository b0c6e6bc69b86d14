import { recordAt } from '../kubernetes/fields.ts';
import type { ClusterView } from '../model.ts';
import { contractOf, type SecretContract } from './contract.ts';
import type { SecretProducer } from './producer.ts';
import type { SecretReference } from './reference.ts';
import { type Renames, renamesIn } from './renames.ts';

/** What is wrong with a reference to a Secret. Each has a rule of its own. */
export type Verdict =
  | { readonly fault: 'missing'; readonly reference: SecretReference; readonly sure: boolean }
  | {
      readonly fault: 'elsewhere' | 'renamed';
      readonly reference: SecretReference;
      /** What makes a Secret in another namespace, or under another name. */
      readonly producer: SecretProducer;
    }
  | {
      readonly fault: 'key';
      readonly reference: SecretReference;
      /** The keys that the Secret has. */
      readonly keys: readonly string[];
    };

const known = new WeakMap<ClusterView, readonly Verdict[]>();

/** Judges every reference in a cluster once; the rules pick what is theirs. */
export function verdictsOf(view: ClusterView): readonly Verdict[] {
  let verdicts = known.get(view);
  if (!verdicts) {
    const contract = contractOf(view);
    const renames = renamesIn(view);
    verdicts = contract.references.flatMap((one) => judge(one, contract, renames));
    known.set(view, verdicts);
  }
  return verdicts;
}

function judge(reference: SecretReference, contract: SecretContract, renames: Renames): Verdict[] {
  if (contract.isElsewhere(reference)) return [];
  const producers = contract.producersFor(reference);
  if (producers.length > 0) return judgeKey(reference, producers);
  // What could not be rendered may have had it.
  if (contract.broken) return [];
  const target = reference.manifest.target?.path;
  const renamed = contract.producers.find(
    (one) =>
      renames.couldMake(target, reference.name, one.name) &&
      (one.namespace === undefined ||
        reference.namespace === undefined ||
        one.namespace === reference.namespace),
  );
  if (renamed) return [{ fault: 'renamed', reference, producer: renamed }];
  const named = contract.producersNamed(reference.name);
  const other = named.find(({ selectors }) => selectors) ?? named[0];
  if (other) return [{ fault: 'elsewhere', reference, producer: other }];
  return [{ fault: 'missing', reference, sure: contract.complete }];
}

function judgeKey(reference: SecretReference, producers: readonly SecretProducer[]): Verdict[] {
  const { key } = reference;
  if (key === undefined || producers.some(({ open, keys }) => open || keys.has(key))) return [];
  // `external-secrets/template-keeps-keys` tells why this one is not there.
  if (producers.some(({ dropped }) => dropped.has(key))) return [];
  const keys = [...new Set(producers.flatMap(tellableKeys))].sort();
  return [{ fault: 'key', reference, keys }];
}

/**
 * A key without a value may be the secret itself: kustomize makes one of a line in an env
 * file that has no `=`.
 */
function tellableKeys({ manifest, keys }: SecretProducer): string[] {
  if (manifest.kind !== 'Secret') return [...keys];
  const values = {
    ...recordAt(manifest.data, ['data']),
    ...recordAt(manifest.data, ['stringData']),
  };
  return [...keys].filter((key) => values[key] !== '');
}
