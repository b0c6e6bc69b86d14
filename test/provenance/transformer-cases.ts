/** A field of the overlay in `every-transformer/` and the lines that set it, the deciding last. */
export interface TransformerCase {
  readonly transformer: string;
  readonly object: string;
  readonly pointer: string;
  readonly lines: readonly string[];
  readonly certainty?: 'resource';
}

const container = '/spec/template/spec/containers/0';

export const transformerCases: readonly TransformerCase[] = [
  {
    transformer: 'a resource',
    object: 'Deployment/eu-api',
    pointer: '/spec/minReadySeconds',
    lines: ['base/deployment.yaml minReadySeconds: &seconds 5'],
  },
  {
    transformer: 'an alias, at its anchor',
    object: 'Deployment/eu-api',
    pointer: '/spec/progressDeadlineSeconds',
    lines: ['base/deployment.yaml minReadySeconds: &seconds 5'],
  },
  {
    transformer: 'a block of text',
    object: 'Deployment/eu-api',
    pointer: `${container}/command/2`,
    lines: ['base/deployment.yaml - |'],
  },
  {
    transformer: 'the name of a container',
    object: 'Deployment/eu-api',
    pointer: `${container}/name`,
    lines: ['base/deployment.yaml - name: api'],
    // The patch of its memory spells it, too.
    certainty: 'resource',
  },
  {
    transformer: 'a strategic merge patch in a file',
    object: 'Deployment/eu-api',
    pointer: `${container}/resources/limits/memory`,
    lines: ['overlay/memory.patch.yaml memory: 1Gi'],
  },
  {
    transformer: 'a component with an inline JSON patch',
    object: 'Deployment/eu-api',
    pointer: `${container}/resources/limits/cpu`,
    lines: ['option/kustomization.yaml value: 500m'],
  },
  {
    transformer: 'a JSON patch in a file',
    object: 'Service/eu-api',
    pointer: '/spec/type',
    lines: ['overlay/service.patch.yaml value: NodePort'],
  },
  {
    transformer: 'a JSON patch in JSON',
    object: 'Service/eu-api',
    pointer: '/spec/sessionAffinity',
    lines: [`overlay/kustomization.yaml patch: '[{"op": "add"`],
  },
  {
    transformer: 'a JSON patch that appends to a list',
    object: 'Deployment/eu-api',
    pointer: `${container}/env/1/name`,
    lines: ['overlay/kustomization.yaml name: REGION'],
  },
  {
    transformer: 'images with a new name and tag',
    object: 'Deployment/eu-api',
    pointer: `${container}/image`,
    lines: [
      'overlay/kustomization.yaml newName: registry.example.com/api',
      'overlay/kustomization.yaml newTag: 2.0.0',
    ],
  },
  {
    transformer: 'images with a digest',
    object: 'Deployment/eu-api',
    pointer: '/spec/template/spec/containers/1/image',
    lines: ['overlay/kustomization.yaml digest: sha256:0123'],
  },
  {
    transformer: 'replicas',
    object: 'Deployment/eu-api',
    pointer: '/spec/replicas',
    lines: ['overlay/kustomization.yaml count: 3'],
  },
  {
    transformer: 'labels',
    object: 'Deployment/eu-api',
    pointer: '/spec/template/metadata/labels/environment',
    lines: ['overlay/kustomization.yaml environment: prod'],
  },
  {
    transformer: 'common annotations',
    object: 'Service/eu-api',
    pointer: '/metadata/annotations/contact',
    lines: ['base/kustomization.yaml contact: team@example.com'],
  },
  {
    transformer: 'the namespace',
    object: 'Service/eu-api',
    pointer: '/metadata/namespace',
    lines: ['overlay/kustomization.yaml namespace: shop'],
  },
  {
    transformer: 'the namespace of a subject',
    object: 'RoleBinding/eu-readers',
    pointer: '/subjects/0/namespace',
    lines: ['overlay/kustomization.yaml namespace: shop'],
  },
  {
    transformer: 'a name with a prefix',
    object: 'Service/eu-api',
    pointer: '/metadata/name',
    lines: ['overlay/kustomization.yaml namePrefix: eu-', 'base/service.yaml name: api'],
  },
  {
    transformer: 'a reference to a generated name',
    object: 'Deployment/eu-api',
    pointer: `${container}/envFrom/0/configMapRef/name`,
    lines: ['overlay/kustomization.yaml namePrefix: eu-', 'base/deployment.yaml name: settings'],
  },
  {
    transformer: 'a literal of a generator',
    object: 'ConfigMap/eu-settings',
    pointer: '/data/LEVEL',
    lines: ['base/kustomization.yaml - LEVEL=info'],
  },
  {
    transformer: 'a literal that an overlay merges',
    object: 'ConfigMap/eu-settings',
    pointer: '/data/MODE',
    lines: ['overlay/kustomization.yaml - MODE=fancy'],
  },
  {
    transformer: 'a line of an env file',
    object: 'ConfigMap/eu-settings',
    pointer: '/data/LIMIT',
    lines: ['base/settings.env LIMIT=100'],
  },
  {
    transformer: 'the name of a generated object',
    object: 'ConfigMap/eu-settings',
    pointer: '/metadata/name',
    lines: [
      'overlay/kustomization.yaml namePrefix: eu-',
      'base/kustomization.yaml - name: settings',
    ],
  },
  {
    transformer: 'a whole file',
    object: 'ConfigMap/eu-page',
    pointer: '/data/index.html',
    lines: ['base/index.html <p>hello</p>'],
  },
  {
    transformer: 'options of one generator',
    object: 'ConfigMap/eu-page',
    pointer: '/metadata/annotations/note',
    lines: ['base/kustomization.yaml note: static'],
  },
  {
    transformer: 'options of all generators',
    object: 'ConfigMap/eu-page',
    pointer: '/metadata/labels/generated',
    lines: ['base/kustomization.yaml generated: "yes"'],
  },
  {
    transformer: 'a secret generator',
    object: 'Secret/eu-access',
    pointer: '/data/token',
    lines: ['base/kustomization.yaml - token=abc'],
  },
  {
    transformer: 'a replacement',
    object: 'Deployment/eu-api',
    pointer: `${container}/env/0/value`,
    lines: ['overlay/kustomization.yaml - spec.template.spec.containers.[name=api]'],
  },
  {
    transformer: 'a mapping, at the first that writes it',
    object: 'Deployment/eu-api',
    pointer: `${container}/resources`,
    lines: ['base/deployment.yaml resources:'],
    // All that it had there is overridden.
    certainty: 'resource',
  },
  {
    transformer: 'a missing field, at its nearest parent',
    object: 'Deployment/eu-api',
    pointer: '/spec/selector/matchLabels',
    lines: ['base/deployment.yaml spec:'],
    certainty: 'resource',
  },
];
