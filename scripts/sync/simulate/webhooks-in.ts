import { isRecord, listAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { Manifest } from '../../model.ts';
import { pluralsOf } from './definitions.ts';
import type { Moment, Plan, PlannedObject } from './plan.ts';

/** A webhook that refuses objects until what answers it runs. */
export interface Guard extends Moment {
  readonly name: string;
  guards(manifest: Manifest): boolean;
}

/** What the webhooks of well-known charts guard, as groups and kinds; those that fail open are not here. */
const charted: Readonly<Record<string, string>> = {
  'webhook.cert-manager.io':
    'cert-manager.io/Certificate cert-manager.io/CertificateRequest cert-manager.io/ClusterIssuer cert-manager.io/Issuer',
  'validate.clustersecretstore.external-secrets.io': 'external-secrets.io/ClusterSecretStore',
  'validate.externalsecret.external-secrets.io': 'external-secrets.io/ExternalSecret',
  'validate.secretstore.external-secrets.io': 'external-secrets.io/SecretStore',
  'validate.nginx.ingress.kubernetes.io': 'networking.k8s.io/Ingress',
  'vscaledjob.kb.io': 'keda.sh/ScaledJob',
  'vscaledobject.kb.io': 'keda.sh/ScaledObject',
  'vsclustertriggerauthentication.kb.io': 'keda.sh/ClusterTriggerAuthentication',
  'vstriggerauthentication.kb.io': 'keda.sh/TriggerAuthentication',
  'prometheusrulemutate.monitoring.coreos.com': 'monitoring.coreos.com/PrometheusRule',
};

/** The webhooks of a plan: those of charts whose contents are known, and those in Git. */
export function webhooksIn({ units }: Plan): Guard[] {
  return units.flatMap(({ unit, objects }) => [
    ...(unit.release?.contents?.webhooks ?? []).flatMap((name): Guard[] => {
      const kinds = Object.hasOwn(charted, name) ? charted[name]?.split(' ') : undefined;
      if (!kinds) return [];
      return [{ name, unit, guards: (one) => kinds.includes(keyOf(one)) }];
    }),
    ...objects.flatMap((object) => written(object, objects)),
  ]);
}

function keyOf({ apiVersion, kind }: Manifest): string {
  return `${groupOf(apiVersion)}/${kind}`;
}

/** The webhooks of a configuration in Git, from the step at which what answers them is ready. */
function written({ unit, manifest }: PlannedObject, objects: readonly PlannedObject[]): Guard[] {
  const group = groupOf(manifest.apiVersion);
  if (group !== 'admissionregistration.k8s.io' || !manifest.kind.endsWith('WebhookConfiguration')) {
    return [];
  }
  return listAt(manifest.data, ['webhooks']).flatMap((webhook): Guard[] => {
    const isSelective =
      isRecord(valueAt(webhook, ['namespaceSelector'])) ||
      isRecord(valueAt(webhook, ['objectSelector'])) ||
      listAt(webhook, ['matchConditions']).length > 0;
    if (isSelective || textAt(webhook, ['failurePolicy']) === 'Ignore') return [];
    const namespace = textAt(webhook, ['clientConfig', 'service', 'namespace']);
    const answers = objects.filter(
      (one) =>
        one.namespace === namespace &&
        /^(Deployment|StatefulSet|DaemonSet)$/.test(one.manifest.kind),
    );
    const last = answers.at(-1);
    if (!namespace || !last) return [];
    const rules = listAt(webhook, ['rules']);
    return [
      {
        name: textAt(webhook, ['name']) ?? manifest.name,
        unit,
        step: last.step,
        guards: (one) => rules.some((rule) => covers(rule, one)),
      },
    ];
  });
}

/** Whether a rule of a webhook is about creating an object; rules about everything are left out. */
function covers(rule: unknown, { apiVersion, kind }: Manifest): boolean {
  const operations = listAt(rule, ['operations']);
  if (!operations.includes('CREATE') && !operations.includes('*')) return false;
  if (!listAt(rule, ['apiGroups']).includes(groupOf(apiVersion))) return false;
  const plurals: readonly unknown[] = pluralsOf(kind);
  return listAt(rule, ['resources']).some((resource) => plurals.includes(resource));
}
