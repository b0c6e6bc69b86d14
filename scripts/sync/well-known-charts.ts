import type { ChartContents } from '../model.ts';

/** A chart's CRDs as plurals by group, and the names of its webhooks. */
interface Contents {
  readonly crds?: Readonly<Record<string, string>>;
  readonly webhooks?: string;
}

/** What well-known charts bring with their usual values. `cluster.yaml` says otherwise where it must. */
const charts: Readonly<Record<string, Contents>> = {
  'cert-manager': {
    crds: {
      'cert-manager.io': 'certificaterequests certificates clusterissuers issuers',
      'acme.cert-manager.io': 'challenges orders',
    },
    webhooks: 'webhook.cert-manager.io',
  },
  'external-secrets': {
    crds: {
      'external-secrets.io':
        'clusterexternalsecrets clusterpushsecrets clustersecretstores externalsecrets pushsecrets secretstores',
      'generators.external-secrets.io':
        'acraccesstokens cloudsmithaccesstokens clustergenerators ecrauthorizationtokens fakes gcraccesstokens generatorstates githubaccesstokens grafanas mfas passwords quayaccesstokens sshkeys stssessiontokens uuids vaultdynamicsecrets webhooks',
    },
    webhooks:
      'validate.clustersecretstore.external-secrets.io validate.externalsecret.external-secrets.io validate.secretstore.external-secrets.io',
  },
  'ingress-nginx': { webhooks: 'validate.nginx.ingress.kubernetes.io' },
  keda: {
    crds: {
      'eventing.keda.sh': 'cloudeventsources clustercloudeventsources',
      'keda.sh': 'clustertriggerauthentications scaledjobs scaledobjects triggerauthentications',
    },
    webhooks:
      'vscaledjob.kb.io vscaledobject.kb.io vsclustertriggerauthentication.kb.io vstriggerauthentication.kb.io',
  },
  'kube-prometheus-stack': {
    crds: {
      'monitoring.coreos.com':
        'alertmanagerconfigs alertmanagers podmonitors probes prometheusagents prometheuses prometheusrules scrapeconfigs servicemonitors thanosrulers',
    },
    webhooks: 'prometheusrulemutate.monitoring.coreos.com',
  },
  'metrics-server': {},
  'prometheus-adapter': {},
  'sealed-secrets': {
    crds: {
      'bitnami.com': 'sealedsecrets',
    },
  },
  'vertical-pod-autoscaler': {
    crds: {
      'autoscaling.k8s.io': 'verticalpodautoscalercheckpoints verticalpodautoscalers',
    },
    webhooks: 'vpa.k8s.io',
  },
};

/** What a chart brings besides what its values ask for; undefined for a chart that is not known. */
export function wellKnownChart(name: string): ChartContents | undefined {
  const known = Object.hasOwn(charts, name) ? charts[name] : undefined;
  if (!known) return undefined;
  const { crds = {}, webhooks = '' } = known;
  return {
    crds: Object.entries(crds).flatMap(([group, plurals]) =>
      plurals.split(' ').map((plural) => `${plural}.${group}`),
    ),
    namespaces: [],
    webhooks: webhooks === '' ? [] : webhooks.split(' '),
  };
}
