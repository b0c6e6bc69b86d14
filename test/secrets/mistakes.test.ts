import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import { seal } from '../../scripts/secrets/seal.ts';
import { copyRepository, edit, root } from '../repository.ts';

/** Real slips about secrets, each made in a copy of this repository, and its one finding. */
interface Mistake {
  readonly what: string;
  readonly make: (folder: string) => void;
  readonly file: string;
  /** What the line at fault says. */
  readonly line: string;
  /** Rule and message. */
  readonly finding: string;
}

const overlay = 'overlays/prod/pdf-processor';

const mistakes: readonly Mistake[] = [
  {
    what: 'a key renamed in one ExternalSecret',
    make: (folder) =>
      edit(folder, 'base/grading-system/external-secret.yaml', (text) =>
        text.replace('secretKey: GEMINI_API_KEY', 'secretKey: GEMINI_KEY'),
      ),
    file: 'base/grading-system/deployment-cognitive-worker.yaml',
    line: 'key: GEMINI_API_KEY',
    finding:
      'references/secret-key-exists env GEMINI_API_KEY of container worker reads key "GEMINI_API_KEY", which Secret grading-system/grading-secrets does not have',
  },
  {
    what: 'a template that leaves out a fetched key',
    make: (folder) =>
      edit(folder, 'base/pdf-processor/external-secret.yaml', (text) =>
        text.replace(
          '    deletionPolicy: Retain\n',
          `    deletionPolicy: Retain\n    template:\n      data:\n${[
            'REDIS_PASSWORD',
            'BUCKET_ACCESS_ID',
            'MINIO_ROOT_USER',
            'MINIO_ROOT_PASSWORD',
          ]
            .map((key) => `        ${key}: '{{ .${key} }}'\n`)
            .join('')}`,
        ),
      ),
    file: 'base/pdf-processor/external-secret.yaml',
    line: 'secretKey: BUCKET_ACCESS_KEY',
    finding:
      'external-secrets/template-keeps-keys key "BUCKET_ACCESS_KEY" is fetched, but the template leaves it out of the Secret, and env BUCKET_ACCESS_KEY of container',
  },
  {
    what: 'a SealedSecret under a namePrefix',
    make(folder) {
      const pem = readFileSync(join(root, 'clusters/prod/sealed-secrets.pem'), 'utf8');
      const sealed = seal(pem, 'pdf-processing/spare', Buffer.from('x'));
      mkdirSync(join(folder, overlay, 'sealed'));
      writeFileSync(
        join(folder, overlay, 'sealed/kustomization.yaml'),
        'namePrefix: prod-\nresources:\n  - sealed-secret.yaml\n',
      );
      writeFileSync(
        join(folder, overlay, 'sealed/sealed-secret.yaml'),
        `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: spare
  namespace: pdf-processing
spec:
  encryptedData:
    token: ${sealed}
  template:
    metadata:
      name: spare
      namespace: pdf-processing
`,
      );
      edit(folder, `${overlay}/kustomization.yaml`, (text) =>
        text.replace('resources:\n', 'resources:\n  - sealed\n'),
      );
      edit(folder, 'clusters/prod/argocd/projects/pdf-processor.yaml', (text) =>
        text.replace(
          'namespaceResourceWhitelist:\n',
          'namespaceResourceWhitelist:\n    - group: bitnami.com\n      kind: SealedSecret\n',
        ),
      );
    },
    file: `${overlay}/sealed/sealed-secret.yaml`,
    line: 'name: spare',
    finding:
      'sealed-secrets/sealed-for-name it was sealed as pdf-processing/spare, and becomes pdf-processing/prod-spare',
  },
  {
    what: 'a SecretStore meant as a ClusterSecretStore',
    make: (folder) =>
      edit(folder, 'base/suoke-life/external-secret.yaml', (text) =>
        text.replace('kind: SecretStore', 'kind: ClusterSecretStore'),
      ),
    file: 'base/suoke-life/external-secret.yaml',
    line: 'kind: ClusterSecretStore',
    finding:
      'external-secrets/store-exists there is no ClusterSecretStore aws-secrets-manager; a SecretStore suoke-life/aws-secrets-manager exists',
  },
  {
    what: 'a token in a ConfigMap',
    make: (folder) =>
      edit(folder, 'base/ai-assistant/kustomization.yaml', (text) =>
        text.replace(
          '      - LOG_LEVEL=INFO\n',
          `      - LOG_LEVEL=INFO\n      - TRACKER_AUTH=${['ghp', 'Zk3mPq8RtVw2XyB5nCdF7hJ9LsA4uE6gTiQo'].join('_')}\n`,
        ),
      ),
    file: 'base/ai-assistant/kustomization.yaml',
    line: 'TRACKER_AUTH=',
    finding: 'secrets/no-tokens TRACKER_AUTH holds a GitHub token',
  },
  {
    what: 'a value that was never filled in',
    make: (folder) =>
      edit(folder, 'base/grading-system/deployment-cognitive-worker.yaml', (text) =>
        text.replace('value: vision-compute-queue', 'value: CHANGE_ME_IN_PRODUCTION'),
      ),
    file: 'base/grading-system/deployment-cognitive-worker.yaml',
    line: 'value: CHANGE_ME_IN_PRODUCTION',
    finding: 'secrets/no-placeholders TEMPORAL_TASK_QUEUE is a placeholder',
  },
];

test.for(mistakes)('$what', async ({ make, file, line, finding }) => {
  const folder = copyRepository();
  make(folder);
  const { findings } = await validate({ root: folder });
  const told = findings.map(({ rule, message }) => `${rule} ${message}`);
  expect(told).toEqual([expect.stringContaining(finding)]);
  expect(findings.map(({ location }) => location.file)).toEqual([file]);
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  expect(lines[(findings[0]?.location.line ?? 0) - 1]).toContain(line);
});
