import { recordAt, textAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { Manifest } from '../model.ts';
import { childrenOf, valuesAt } from './paths.ts';
import { producerOf, type SecretProducer } from './producer.ts';

/** Where objects of a kind say which Secret their controller makes. */
interface ProducerPlace {
  readonly group: string;
  readonly kinds: readonly string[];
  /** Pattern of the name, or of an object with `name` and maybe `namespace`. */
  readonly at?: string;
  /** Names made of the object's own. */
  readonly suffixes?: readonly string[];
  readonly keys?: readonly string[];
  /** Further keys may come. */
  readonly open?: boolean;
  readonly type?: string;
}

const tlsKeys = ['tls.crt', 'tls.key'];
const tls = { keys: tlsKeys, open: true, type: 'kubernetes.io/tls' };

/**
 * Operators that make Secrets, from their API references. Where the keys are not listed
 * they depend on the cluster, and any key may be there.
 */
const places: readonly ProducerPlace[] = [
  {
    group: 'cert-manager.io',
    kinds: ['Issuer', 'ClusterIssuer'],
    at: 'spec.acme.privateKeySecretRef',
    keys: ['tls.key'],
  },
  {
    group: 'secrets.hashicorp.com',
    kinds: ['VaultStaticSecret', 'VaultDynamicSecret', 'VaultPKISecret', 'HCPVaultSecretsApp'],
    at: 'spec.destination',
  },
  { group: 'onepassword.com', kinds: ['OnePasswordItem'], suffixes: [''] },
  {
    group: 'secrets-store.csi.x-k8s.io',
    kinds: ['SecretProviderClass'],
    at: 'spec.secretObjects.*.secretName',
  },
  { group: 'isindir.github.com', kinds: ['SopsSecret'], at: 'spec.secretTemplates.*' },
  {
    group: 'postgresql.cnpg.io',
    kinds: ['Cluster'],
    suffixes: ['-app', '-superuser', '-ca', '-server', '-replication'],
  },
  { group: 'kafka.strimzi.io', kinds: ['KafkaUser'], suffixes: [''] },
  {
    group: 'kafka.strimzi.io',
    kinds: ['Kafka'],
    suffixes: ['-cluster-ca-cert', '-cluster-ca', '-clients-ca', '-clients-ca-cert'],
  },
  {
    group: 'rabbitmq.com',
    kinds: ['RabbitmqCluster'],
    suffixes: ['-default-user', '-erlang-cookie'],
  },
  { group: 'rabbitmq.com', kinds: ['User'], suffixes: ['-user-credentials'] },
  {
    group: 'elasticsearch.k8s.elastic.co',
    kinds: ['Elasticsearch'],
    suffixes: ['-es-elastic-user', '-es-http-certs-public', '-es-http-certs-internal'],
  },
  { group: 'acid.zalan.do', kinds: ['postgresql'], suffixes: [] },
  { group: 'trust.cert-manager.io', kinds: ['Bundle'], suffixes: [''] },
  {
    group: 'infisical.com',
    kinds: ['InfisicalSecret'],
    at: 'spec.managedSecretReference.secretName',
  },
  { group: 'secrets.doppler.com', kinds: ['DopplerSecret'], at: 'spec.managedSecret' },
  { group: 'ricoberger.de', kinds: ['VaultSecret'], suffixes: [''] },
  { group: 'objectbucket.io', kinds: ['ObjectBucketClaim'], suffixes: [''] },
];

/** The Secrets that a custom resource's controller makes. */
export function operatorProducers(manifest: Manifest): SecretProducer[] {
  const group = groupOf(manifest.apiVersion);
  const own = places.filter((one) => one.group === group && one.kinds.includes(manifest.kind));
  return [
    ...own.flatMap((place) => placed(manifest, place)),
    ...(group === 'cert-manager.io' && manifest.kind === 'Certificate'
      ? certificate(manifest)
      : []),
    ...issuedByAnnotation(manifest),
    ...servingCertificate(manifest),
    ...connectionSecrets(manifest),
  ];
}

function placed(manifest: Manifest, { at, suffixes, keys, open, type }: ProducerPlace) {
  const details = { ...(keys && { keys, open: open ?? false }), ...(type && { type }) };
  const named = at ? valuesAt(manifest.data, at).map(({ value }) => value) : [];
  const made = (suffixes ?? []).map((suffix) => `${manifest.name}${suffix}`);
  return [...named, ...made].flatMap((value) => {
    const name = textAt(value, ['name']) ?? value;
    const isCluster = manifest.kind.startsWith('Cluster') && manifest.kind !== 'Cluster';
    const namespace = textAt(value, ['namespace']) ?? (isCluster ? null : undefined);
    return producerOf(manifest, name, { ...details, namespace });
  });
}

function certificate(manifest: Manifest): SecretProducer[] {
  const { data } = manifest;
  const keystores = Object.keys(recordAt(data, ['spec', 'keystores'])).flatMap((kind) =>
    kind === 'jks' ? ['keystore.jks', 'truststore.jks'] : ['keystore.p12', 'truststore.p12'],
  );
  const formats = valuesAt(data, 'spec.additionalOutputFormats.*.type').flatMap(({ value }) =>
    value === 'DER' ? ['key.der'] : ['tls-combined.pem'],
  );
  const keys = [...tlsKeys, 'ca.crt', ...keystores, ...formats];
  const type = 'kubernetes.io/tls';
  return producerOf(manifest, textAt(data, ['spec', 'secretName']), { keys, open: false, type });
}

/** Ingresses and Gateways for which cert-manager makes a Certificate. */
function issuedByAnnotation(manifest: Manifest): SecretProducer[] {
  const { kind, data } = manifest;
  if (kind !== 'Ingress' && kind !== 'Gateway') return [];
  const annotations = recordAt(data, ['metadata', 'annotations']);
  const isIssued = Object.keys(annotations).some(
    (one) => /^cert-manager\.io\/(cluster-)?issuer$/.test(one) || one === 'kubernetes.io/tls-acme',
  );
  if (!isIssued) return [];
  const names =
    kind === 'Ingress'
      ? valuesAt(data, 'spec.tls.*.secretName')
      : valuesAt(data, 'spec.listeners.*.tls.certificateRefs.*.name');
  return names.flatMap(({ value }) => producerOf(manifest, value, tls));
}

/** OpenShift makes a certificate for a Service that asks for it. */
function servingCertificate(manifest: Manifest): SecretProducer[] {
  if (manifest.kind !== 'Service') return [];
  const annotations = recordAt(manifest.data, ['metadata', 'annotations']);
  return ['service.beta.openshift.io', 'service.alpha.openshift.io'].flatMap((domain) =>
    producerOf(manifest, annotations[`${domain}/serving-cert-secret-name`], tls),
  );
}

/** Crossplane writes what it made into the Secret that a resource names. */
function connectionSecrets(manifest: Manifest): SecretProducer[] {
  return childrenOf({ value: recordAt(manifest.data, ['spec']), path: [] })
    .filter(({ path }) => path[0] === 'writeConnectionSecretToRef')
    .flatMap(({ value }) =>
      producerOf(manifest, textAt(value, ['name']), {
        namespace: textAt(value, ['namespace']) ?? null,
      }),
    );
}
