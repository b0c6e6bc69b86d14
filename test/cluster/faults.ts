import { expect } from 'vitest';

/** A slip in a copy of this repository, and the one finding that it must give. */
export interface Fault {
  readonly file: string;
  /** Where it is found, when not there. */
  readonly at?: string;
  readonly from: string;
  readonly to: string;
  readonly rule: string;
  readonly message: string;
  /** Where it shows; everywhere when absent. */
  readonly clusters?: readonly string[];
}

const pdf = 'base/pdf-processor';
const grading = 'base/grading-system';
const suoke = 'base/suoke-life';
const assistant = 'base/ai-assistant';

/** One of nearly every rule about references and selectors. */
export const faults: readonly Fault[] = [
  {
    file: `${pdf}/deployment-ingest.yaml`,
    from: 'name: go-ingest-service-config',
    to: 'name: go-ingest-service-conf',
    rule: 'references/config-map-exists',
    message:
      'envFrom of container ingest names ConfigMap pdf-processing/go-ingest-service-conf, which nothing makes',
  },
  {
    file: `${grading}/cron-job-backup-minio.yaml`,
    from: 'key: S3_BUCKET',
    to: 'key: S3_BUKET',
    rule: 'references/config-map-key-exists',
    message: expect.stringMatching(/reads key "S3_BUKET" of ConfigMap grading-s3-\w+, which/),
  },
  {
    file: `${pdf}/stateful-set-redis.yaml`,
    from: 'serviceAccountName: pdf-processor-stores',
    to: 'serviceAccountName: pdf-processor-store',
    rule: 'references/service-account-exists',
    message:
      'serviceAccountName names ServiceAccount pdf-processing/pdf-processor-store, which nothing makes',
  },
  {
    file: `${assistant}/ingress.yaml`,
    from: 'ingressClassName: nginx',
    to: 'ingressClassName: ngnix',
    rule: 'references/class-exists',
    message: 'ingressClassName names IngressClass ngnix, which nothing makes',
  },
  {
    file: `${suoke}/model-registry/role-binding.yaml`,
    from: 'kind: Role\n  name: model-registry',
    to: 'kind: Role\n  name: model-registri',
    rule: 'references/role-exists',
    message: 'roleRef names Role suoke-life/model-registri, which nothing makes',
  },
  {
    file: `${assistant}/ingress.yaml`,
    from: 'cluster-issuer: letsencrypt-prod',
    to: 'cluster-issuer: letsencrypt',
    rule: 'references/issuer-exists',
    message:
      'annotation cert-manager.io/cluster-issuer names ClusterIssuer letsencrypt, which nothing makes',
  },
  {
    file: `${suoke}/model-registry/ingress.yaml`,
    from: 'service:\n                name: model-registry',
    to: 'service:\n                name: model-regstry',
    rule: 'references/service-exists',
    message: expect.stringMatching(/names Service suoke-life\/model-regstry, which nothing makes/),
  },
  {
    file: `${assistant}/ingress.yaml`,
    from: 'name: http',
    to: 'name: htpp',
    rule: 'references/service-port-exists',
    message: expect.stringMatching(/names port htpp of Service ai-assistant-service, which/),
  },
  {
    file: `${grading}/stateful-set-redis.yaml`,
    from: 'serviceName: redis',
    to: 'serviceName: redis-headless',
    rule: 'references/stateful-set-service-exists',
    message: 'serviceName names Service grading-system/redis-headless, which nothing makes',
  },
  {
    file: `${suoke}/agents/xiaoai/vertical-pod-autoscaler.yaml`,
    from: 'kind: Deployment',
    to: 'kind: StatefulSet',
    rule: 'references/scale-target-exists',
    message:
      'VerticalPodAutoscaler xiaoai-agent scales StatefulSet suoke-life/xiaoai-agent, which nothing makes',
  },
  {
    file: `${pdf}/pod-monitor.yaml`,
    from: 'port: metrics',
    to: 'port: metric',
    rule: 'references/monitor-port-exists',
    message:
      'port metric is the name of none in the pods that PodMonitor pdf-processor-worker selects',
  },
  {
    file: `${pdf}/kustomization.yaml`,
    from: 'grafana_dashboard: "1"',
    to: 'grafana_dashboard: "true"',
    rule: 'references/dashboards-loaded',
    message: expect.stringMatching(/pdf-processor-dashboard lacks the label grafana_dashboard=1/),
  },
  {
    file: `${suoke}/agents/laoke/model-version.yaml`,
    from: 'modelRef: laoke-tcm-model',
    to: 'modelRef: laoke-tcm-modle',
    rule: 'references/declared',
    message: 'modelRef names AIModel "laoke-tcm-modle", and there is none in namespace suoke-life',
  },
  {
    file: `${suoke}/agents/xiaoke/service.yaml`,
    from: 'component: xiaoke-agent\n  ports',
    to: 'component: xiaoke-agnet\n  ports',
    rule: 'selectors/service-selects-pods',
    message: expect.stringMatching(/xiaoke-agnet.* matches the pods of no workload/),
  },
  {
    file: `${suoke}/model-registry/service.yaml`,
    from: '    app.kubernetes.io/component: model-registry\n  ports',
    to: '  ports',
    rule: 'selectors/service-selects-one-app',
    message: expect.stringMatching(/^selector of Service model-registry matches the pods of/),
  },
  {
    file: `${pdf}/service-ingest.yaml`,
    from: 'targetPort: grpc',
    to: 'targetPort: gprc',
    rule: 'selectors/target-port-exists',
    message: expect.stringMatching(/^targetPort gprc is the name of no port of the pods/),
  },
  {
    file: `${pdf}/pod-disruption-budget-redis.yaml`,
    from: 'pdf-processor\n      app.kubernetes.io/component: redis',
    to: 'pdf-processor\n      app.kubernetes.io/component: reddis',
    rule: 'selectors/disruption-budget-selects-pods',
    message: expect.stringMatching(/component=reddis.* matches the pods of no workload/),
  },
  {
    file: `${pdf}/network-policy-minio-setup.yaml`,
    from: 'app.kubernetes.io/component: minio-setup\n  policyTypes',
    to: 'app.kubernetes.io/component: minio-stup\n  policyTypes',
    rule: 'selectors/network-policy-selects-pods',
    message: expect.stringMatching(
      /^podSelector .*component=minio-stup.* matches the pods of no workload/,
    ),
  },
  {
    file: `${assistant}/network-policy-ingress-nginx.yaml`,
    from: 'metadata.name: ingress-nginx',
    to: 'metadata.name: ingres-nginx',
    rule: 'selectors/network-policy-peers-exist',
    message: expect.stringMatching(/ingres-nginx matches no namespace of the cluster$/),
  },
  {
    file: `${suoke}/service-monitor.yaml`,
    from: 'app.kubernetes.io/name: suoke-life\n  jobLabel',
    to: 'app.kubernetes.io/name: suoke-live\n  jobLabel',
    rule: 'selectors/monitor-selects-something',
    message: expect.stringMatching(/suoke-live matches no Service in namespace suoke-life$/),
  },
  {
    file: `${grading}/deployment-orchestration-worker.yaml`,
    from: 'system\n      app.kubernetes.io/component: orchestration-worker',
    to: 'system',
    rule: 'selectors/workloads-apart',
    message: expect.stringMatching(
      /^selector of Deployment orchestration-worker also matches the pods of/,
    ),
  },
  {
    file: `${assistant}/components/color-blue/kustomization.yaml`,
    at: `${assistant}/service-live.yaml`,
    from: '      - op: add\n        path: /spec/selector/color\n        value: blue\n',
    to: '',
    rule: 'selectors/one-color-live',
    message: 'Service ai-assistant-service selects every color: blue and green',
  },
];
