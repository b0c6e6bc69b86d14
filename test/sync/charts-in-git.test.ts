import { expect, test } from 'vitest';
import { validate } from '../../scripts/pipeline.ts';
import { makeRepository } from '../repository.ts';

const application = (name: string, path: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
spec:
  project: default
  source:
    repoURL: https://git.example.com/team/config.git
    targetRevision: main
    path: ${path}
  destination:
    server: https://kubernetes.default.svc
    namespace: ${name}
`;
const chart = 'apiVersion: v2\nname: web\nversion: 0.1.0\n';
const template = application('{{ .Release.Name }}', '{{ .Values.path }}').replace(
  'targetRevision: main',
  'targetRevision: {{ .Values.revision }}',
);

test.for(['', 'clusters/prod/'])(
  'a chart that Argo CD renders is no manifests, in "%s"',
  async (at) => {
    const root = makeRepository({
      [`${at}root.yaml`]: application('root', `${at}apps`),
      [`${at}apps/Chart.yaml`]: chart,
      [`${at}apps/values.yaml`]: 'path: web\n',
      [`${at}apps/templates/web.yaml`]: template,
    });
    const { findings, targets } = await validate({ root });
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect(targets.map(({ path }) => path)).toEqual([at ? 'clusters/prod' : 'root.yaml']);
  },
);

test('a folder without a chart is judged as before', async () => {
  const root = makeRepository({
    'root.yaml': application('root', 'apps'),
    'apps/chart.yaml': chart,
  });
  const { findings } = await validate({ root });
  expect(findings.map(({ rule, location }) => `${location.file} ${rule}`)).toContain(
    'apps/chart.yaml yaml/kubernetes-object',
  );
});
