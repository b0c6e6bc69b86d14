import { engineFiles } from './generated-engines.ts';

/** The files of a repository by path. */
type Files = Record<string, string>;

/** A generated repository: what is special about it, and its files. */
interface Generated {
  readonly name: string;
  readonly make: (size: number) => Files;
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const lines = (count: number, line: (index: number) => string) => numbers(count).map(line).join('');

function deployment(name: string, extra = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels: { app: ${name}, tier: "web" }
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      serviceAccountName: runner
      containers:
        - name: main
          image: example/${name}:1.0.0
          args: ["--level", 'info', --port=80]
          ports:
            - containerPort: 8080
              name: http
          env:
            - name: MODE
              value: plain # a comment
            - name: SIZE
              value: "12"
          resources:
            limits:
              cpu: 500m
              memory: 256Mi
        - name: side
          image: example/side
${extra}`;
}

function kustomization(body: string, kind = 'Kustomization'): string {
  const version = kind === 'Component' ? 'v1alpha1' : 'v1beta1';
  return `apiVersion: kustomize.config.k8s.io/${version}\nkind: ${kind}\n${body}`;
}

/** Base, region and environment, each with strategic merge patches, in files and inline. */
function nested(size: number): Files {
  return {
    'base/kustomization.yaml': kustomization(
      `resources:\n${lines(size, (index) => `  - app-${index}.yaml\n`)}`,
    ),
    ...Object.fromEntries(
      numbers(size).map((index) => [`base/app-${index}.yaml`, deployment(`app-${index}`)]),
    ),
    'region/kustomization.yaml': kustomization(`resources:
  - ../base
patches:
  - path: patch.yaml
  - target: { kind: Deployment, name: app-.* }
    patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: any
        annotations:
          region: west
      spec:
        template:
          spec:
            containers:
              - name: main
                env:
                  - name: REGION
                    value: west
`),
    'region/patch.yaml': lines(
      size,
      (index) => `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${index}
spec:
  template:
    spec:
      containers:
        - name: main
          resources:
            limits:
              memory: ${index}Gi
        - name: added
          image: "example/added:${index}"
`,
    ),
    'prod/kustomization.yaml': kustomization(`namespace: prod
resources:
  - ../region
patchesStrategicMerge:
  - |-
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: app-1
    spec:
      replicas: 7
      strategy: { type: Recreate }
      template:
        spec:
          containers:
            - name: side
              $patch: delete
`),
  };
}

/** Components with JSON patches: in files, inline, as JSON, with tests and list ends. */
function components(size: number): Files {
  const component = (index: number) =>
    kustomization(
      `patches:
  - target:
      kind: Deployment
      labelSelector: tier=web
    patch: |-
      - op: test
        path: /spec/replicas
        value: 2
      - op: add
        path: /metadata/annotations
        value: { option: "${index}", shared: 'from-${index}' }
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value:
          name: OPTION_${index}
          value: "on"
  - target: { kind: Deployment, name: app-1 }
    patch: '[{"op": "replace", "path": "/spec/template/spec/containers/0/args/1", "value": "debug"}]'
  - path: ../json/${index}.json
    target: { kind: Deployment }
`,
      'Component',
    );
  return {
    ...nested(size),
    ...Object.fromEntries(
      numbers(2).flatMap((index) => [
        [`components/${index}/kustomization.yaml`, component(index).replace('../json/', '')],
        [
          `components/${index}/${index}.json`,
          `[{"op":"add","path":"/spec/revisionHistoryLimit","value":${index + 3}},
 {"op":"add","path":"/spec/template/spec/priorityClassName","value":"class-${index}"}]\n`,
        ],
      ]),
    ),
    'east/kustomization.yaml': kustomization(
      'resources:\n  - ../base\ncomponents:\n  - ../components/1\n',
    ),
    'both/kustomization.yaml': kustomization(
      'resources:\n  - ../base\ncomponents:\n  - ../components/1\n  - ../components/2\n',
    ),
  };
}

/** Generators of every kind, merged by an overlay, with options. */
function generators(size: number): Files {
  return {
    'base/kustomization.yaml': kustomization(`resources:
  - deployment.yaml
generatorOptions:
  labels:
    generated: by-kustomize
  annotations:
    note: "kept"
configMapGenerator:
  - name: settings
    literals:
${lines(size, (index) => `      - KEY_${index}=value ${index}\n`)}      - "QUOTED='in quotes'"
    envs:
      - settings.env
  - name: files
    files:
      - page.html
      - renamed.txt=text.txt
    options:
      disableNameSuffixHash: true
      labels: { dashboard: "1" }
secretGenerator:
  - name: access
    type: Opaque
    literals:
      - user=somebody
    files:
      - token.txt
`),
    'base/deployment.yaml': deployment(
      'app-1',
      `          envFrom:
            - configMapRef:
                name: settings
            - secretRef: { name: access }
`,
    ),
    'base/settings.env': lines(size, (index) => `# comment\nENV_${index}=from file ${index}\n`),
    'base/page.html': '<p>one</p>\n<p>two</p>\n',
    'base/text.txt': 'one line',
    'base/token.txt': 'not-a-secret\n',
    'prod/kustomization.yaml': kustomization(`resources:
  - ../base
configMapGenerator:
  - name: settings
    behavior: merge
    literals:
      - KEY_1=overridden
secretGenerator:
  - name: access
    behavior: merge
    literals:
      - extra=more
`),
  };
}

/** Every transformer that has a field of its own. */
function transformers(size: number): Files {
  return {
    ...nested(size),
    'all/kustomization.yaml': kustomization(`namespace: all
namePrefix: pre-
nameSuffix: -post
resources:
  - ../base
labels:
  - pairs:
      team: platform
      area: west
    includeTemplates: true
  - pairs: { select: this }
    includeSelectors: true
commonAnnotations:
  contact: someone
images:
  - name: example/app-1
    newName: registry.example.com/one
    newTag: 2.0.0
  - name: example/side
    digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
replicas:
  - name: app-1
    count: 5
`),
    'chained/kustomization.yaml': kustomization(`resources:
  - ../all
images:
  - name: registry.example.com/one
    newTag: "3.0.0"
`),
  };
}

/** Replacements, multi-document files, Lists, aliases, block scalars and flow style. */
function spellings(size: number): Files {
  return {
    'kustomization.yaml': kustomization(`resources:
  - many.yaml
  - list.yaml
  - flow.json
  - deployment.yaml
replacements:
  - source: { kind: ConfigMap, name: many-1, fieldPath: data.plain }
    targets:
      - select: { kind: Deployment, name: app-1 }
        fieldPaths:
          - spec.template.spec.containers.[name=main].env.[name=MODE].value
  - source: { kind: ConfigMap, name: many-1, fieldPath: metadata.name }
    targets:
      - select: { kind: Deployment }
        fieldPaths: [metadata.annotations.of]
        options: { create: true }
  - source: { kind: ConfigMap, name: many-1, fieldPath: data.prefix }
    targets:
      - select: { kind: ConfigMap, name: listed-1 }
        fieldPaths: [data.path]
        options: { delimiter: /, index: -1 }
`),
    'many.yaml': lines(
      size,
      (index) => `---
apiVersion: v1
kind: ConfigMap
metadata:
  name: many-${index}
  annotations: {}
data:
  plain: value-${index}
  prefix: dev
  literal: |
    first ${index}
      indented

    last
  folded: >-
    one
    two
  stripped: |-
    only
  double: "a \\"b\\" \\u00e9"
  single: 'it''s'
  first: &shared shared-${index}
  second: *shared
  multi: one
    two
`,
    ),
    'list.yaml': `apiVersion: v1
kind: List
items:
${lines(
  2,
  (index) => `  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: listed-${index} }
    data:
      path: some/where
      number: "${index}"
`,
)}`,
    'flow.json': `{"apiVersion": "v1", "kind": "ConfigMap",
 "metadata": {"name": "flow", "labels": {"a": "b"}},
 "data": {"key": "value", "other": "text"}}\n`,
    'deployment.yaml': deployment('app-1'),
  };
}

/** Several apps in one target, patched by label, by pattern and by test. */
function monorepo(size: number): Files {
  const app = (name: string) => ({
    [`apps/${name}/kustomization.yaml`]: kustomization(
      `resources:\n  - deployment.yaml\n  - service.yaml\nlabels:\n  - pairs: { part: ${name} }\n`,
    ),
    [`apps/${name}/deployment.yaml`]: deployment(name),
    [`apps/${name}/service.yaml`]: `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  type: ClusterIP
  selector: { app: ${name} }
  ports:
    - port: 80
      targetPort: http
    - port: 90
      protocol: TCP
      targetPort: 9090
`,
  });
  const names = numbers(size).map((index) => `app-${index}`);
  return {
    ...Object.assign({}, ...names.map(app)),
    'cluster/kustomization.yaml': kustomization(`resources:
${names.map((name) => `  - ../apps/${name}\n`).join('')}patches:
  - target: { labelSelector: "part in (app-1,app-2)", kind: Deployment }
    path: limits.yaml
  - target: { kind: Service, name: app-(1|2) }
    patch: |
      - op: replace
        path: /spec/ports/1/targetPort
        value: 9999
      - { op: add, path: /metadata/labels/patched~1by, value: "cluster" }
`),
    'cluster/limits.yaml': `- op: replace
  path: /spec/template/spec/containers/0/resources
  value:
    limits: { cpu: "1", memory: 1Gi }
    requests:
      cpu: 100m
- op: remove
  path: /spec/template/spec/containers/1
`,
  };
}

/** Repositories that differ in how they use kustomize. */
export const generatedRepositories: readonly Generated[] = [
  { name: 'nested overlays', make: nested },
  { name: 'components and JSON patches', make: components },
  { name: 'generators', make: generators },
  { name: 'transformers', make: transformers },
  { name: 'spellings and replacements', make: spellings },
  { name: 'several apps in one target', make: monorepo },
  {
    name: 'changed by engines',
    make: (size) => ({ ...nested(Math.max(size, 2)), ...engineFiles }),
  },
];
