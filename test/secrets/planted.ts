import { expect } from 'vitest';

/** Never a word of ours, and long enough that no part of a message holds it by chance. */
export const canaries = {
  plain: 'Kanarie1Zonnebloem',
  encoded: 'Kanarie2Zonnebloem',
  url: 'Kanarie3Zonnebloem',
  literal: 'Kanarie4Zonnebloem',
  malformedLiteral: 'Kanarie5Zonnebloem',
  malformedEnv: 'Kanarie6Zonnebloem',
  malformedYaml: 'Kanarie7Zonnebloem',
  env: 'Kanarie8Zonnebloem',
  argument: 'Kanarie9Zonnebloem',
  config: 'KanarieAZonnebloem',
  file: 'KanarieBZonnebloem',
  template: 'KanarieCZonnebloem',
  annotation: 'KanarieDZonnebloem',
  duplicate: 'KanarieEZonnebloem',
  policy: 'KanarieFZonnebloem',
  quoted: 'KanarieGZonnebloem',
  variable: 'KanarieHZonnebloem',
  fromSecret: 'KanarieIZonnebloem',
  patch: 'KanarieJZonnebloem',
  chart: 'KanarieKZonnebloem',
  inline: 'KanarieLZonnebloem',
} as const;

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A repository in which every kind of secret is where it must not be. */
export const files: Readonly<Record<string, string>> = {
  'app/kustomization.yaml': `resources: [pod.yaml, secret.yaml, external-secret.yaml, config-map.yaml]
secretGenerator:
  - name: db
    literals: [password=${canaries.literal}]
    envs: [db.env]
`,
  'app/db.env': `${canaries.malformedEnv}\nTOKEN=${canaries.file}\n`,
  'app/.env': `PASSWORD=${canaries.file}\n`,
  'app/pod.yaml': `apiVersion: v1
kind: Pod
metadata: {name: p, namespace: a}
spec:
  containers:
    - name: c
      image: registry.example.com/c:1.0.0
      args: [--password=${canaries.argument}]
      env:
        - {name: DB_PASSWORD, value: ${canaries.env}}
        - {name: DB, value: "postgres://app:${canaries.url}@db/app"}
        - {name: E, valueFrom: {secretKeyRef: {name: db, key: absent}}}
        - {name: F, valueFrom: {secretKeyRef: {name: s, key: absent}}}
`,
  'app/secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: s
  namespace: a
  annotations: {token: ${canaries.annotation}, note: "redis://:${canaries.url}@r"}
stringData: {password: ${canaries.plain}}
data: {other: ${base64(canaries.encoded)}, broken: "${canaries.encoded}!"}
`,
  'app/external-secret.yaml': `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: e, namespace: a}
spec:
  secretStoreRef: {name: s}
  target: {template: {data: {password: ${canaries.template}}}}
  data: [{secretKey: a, remoteRef: {key: a}}]
`,
  'app/config-map.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: m, namespace: a}
data:
  SMTP_PASSWORD: ${canaries.config}
  app.ini: |
    host=mail
    password=${canaries.config}
`,
  'literal/kustomization.yaml': `secretGenerator:\n  - name: bad\n    literals: [${canaries.malformedLiteral}]\n`,
  'env/kustomization.yaml': 'secretGenerator:\n  - name: bad\n    envs: [bad.env]\n',
  'env/bad.env': `1 ${canaries.malformedEnv}=x y\n${canaries.malformedEnv} z=1\n`,
  'broken/kustomization.yaml': 'resources: [secret.yaml]\n',
  'broken/secret.yaml': `apiVersion: v1\nkind: Secret\nstringData:\n  password: "${canaries.malformedYaml}\n  x: [\n`,
  'twice/kustomization.yaml': 'resources: [secret.yaml]\n',
  'twice/secret.yaml': `apiVersion: v1\nkind: Secret\nstringData:\n  a: ${canaries.duplicate}\n  a: ${canaries.duplicate}\n`,
  // What an engine adds, and what policies quote.
  'clusters/prod/cluster.yaml': 'name: prod\nenvironment: prod\nengine: flux\n',
  'clusters/prod/flux/shop.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec:
  interval: 10m
  path: ./shop
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
  patches:
    - target: {kind: Pod}
      patch: |
        - {op: add, path: /spec/containers/0/env/-, value: {name: API_TOKEN, value: ${canaries.patch}}}
  postBuild:
    substitute: {db_password: ${canaries.variable}}
    substituteFrom: [{kind: Secret, name: vars}]
---
apiVersion: v1
kind: Secret
metadata: {name: vars, namespace: flux-system}
stringData: {other_password: ${canaries.fromSecret}}
`,
  'shop/kustomization.yaml': `resources: [pod.yaml, secret.yaml, chart.yaml]
patches:
  - target: {kind: ConfigMap, name: absent}
    patch: |
      - {op: add, path: /data/password, value: ${canaries.inline}}
`,
  'shop/chart.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: chart, namespace: shop}
spec:
  interval: soon
  chart: {spec: {chart: c, sourceRef: {kind: HelmRepository, name: r}}}
  values: {auth: {password: ${canaries.chart}}}
`,
  'shop/secret.yaml': `apiVersion: v1
kind: Secret
metadata: {name: quoted, namespace: shop}
stringData: {password: ${canaries.policy}}
`,
  'shop/pod.yaml': `apiVersion: v1
kind: Pod
metadata: {name: p, namespace: shop}
spec:
  containers:
    - name: c
      image: registry.example.com/c:1.0.0
      env:
        - {name: DB_PASSWORD, value: ${canaries.quoted}}
        - {name: VARIABLE_PASSWORD, value: "\${db_password}"}
        - {name: OTHER_PASSWORD, value: "\${other_password}"}
`,
  'policies/quote.yaml': `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: quote}
spec:
  matchConstraints:
    resourceRules:
      - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [secrets, pods]}
  validations:
    - expression: "!has(object.stringData)"
      messageExpression: "'the password is ' + object.stringData.password"
    - expression: "!has(object.spec) || object.spec.containers.all(c, !has(c.env))"
      messageExpression: "'values are ' + object.spec.containers[0].env.map(e, has(e.value) ? e.value : '').join(', ')"
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: quote}
spec: {policyName: quote, validationActions: [Deny]}
`,
};

/** Fails when a text has a planted secret, as it stands or in base64. */
export function expectNoCanary(text: string): void {
  for (const [place, canary] of Object.entries(canaries)) {
    expect(text.includes(canary), `the ${place} canary is told`).toBe(false);
    expect(text.includes(base64(canary)), `the ${place} canary is told in base64`).toBe(false);
  }
}
