import type { ClusterRule, Problem } from '../../model.ts';
import { contractOf, type SecretContract } from '../../secrets/contract.ts';
import type { SecretReference } from '../../secrets/reference.ts';
import { nameOf, severityOf } from '../../secrets/wording.ts';

export const secretTypeFits: ClusterRule = {
  id: 'references/secret-type-fits',
  scope: 'cluster',
  severity: 'error',
  summary: 'A Secret that pulls images or serves TLS has the type and the keys for it.',
  why: 'The kubelet passes over a pull Secret of another type without a word, and pulls without signing in.',
  fix: 'Set `spec.target.template.type` of the ExternalSecret, or `type` of what else makes it.',
  docs: 'https://kubernetes.io/docs/concepts/configuration/secret/#secret-types',
  aliases: ['REF404'],

  *check(view) {
    const contract = contractOf(view);
    for (const reference of contract.references) {
      if (reference.use !== 'value' && !contract.isElsewhere(reference)) {
        yield* judge(reference, contract);
      }
    }
  },
};

const pullTypes = ['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg'];
const tlsKeys = ['tls.crt', 'tls.key'];

function* judge(reference: SecretReference, contract: SecretContract): Generator<Problem> {
  const { manifest, path, by, use } = reference;
  const producers = contract.producersFor(reference);
  const made = producers.find(({ creates, type }) => creates && type !== undefined);
  if (!made || producers.some(({ creates, type }) => creates && type === undefined)) return;
  if (use === 'pull') {
    if (pullTypes.includes(made.type ?? '')) return;
    const message = `${by} names ${nameOf(reference)} of type ${made.type}, and the kubelet takes only kubernetes.io/dockerconfigjson`;
    yield { manifest, path, message, severity: severityOf(reference, 'error') };
    return;
  }
  if (producers.every(({ open }) => !open)) {
    const missing = tlsKeys.filter((key) => !producers.some(({ keys }) => keys.has(key)));
    if (missing.length > 0) {
      const message = `${by} names ${nameOf(reference)}, which has no ${missing.join(' and no ')}`;
      yield { manifest, path, message, severity: severityOf(reference, 'error') };
      return;
    }
  }
  if (made.type === 'kubernetes.io/tls') return;
  const message = `${by} names ${nameOf(reference)} of type ${made.type}, not kubernetes.io/tls`;
  yield { manifest, path, message, severity: severityOf(reference, 'warning') };
}
