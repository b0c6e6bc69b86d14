import type { Finding, Report } from '../../scripts/model.ts';
import type { ReporterOptions } from '../../scripts/report/reporters.ts';

/** How a test asks for a report: without colours, at the width of a small terminal. */
export const plain: ReporterOptions = { colour: false, columns: 80 };

/** A finding like those of a run, with what a test wants to be different. */
export function findingOf(changes: Partial<Finding> = {}): Finding {
  return {
    rule: 'images/pinned-tag',
    severity: 'error',
    message: 'image "nginx" has no tag',
    fix: 'Set `newTag` or `digest` under `images:`.',
    docs: 'https://kubernetes.io/docs/concepts/containers/images/',
    location: { file: 'base/web/deployment.yaml', line: 12, column: 18 },
    certainty: 'exact',
    object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
    path: '/spec/template/spec/containers/0/image',
    targets: ['overlays/dev/web', 'overlays/prod/web', 'overlays/staging/web'],
    clusters: ['dev', 'prod', 'staging'],
    related: [],
    fingerprint: '0123456789abcdef',
    ...changes,
  };
}

/** A report of a run over three clusters that has these findings. */
export function reportOf(findings: readonly Finding[], changes: Partial<Report> = {}): Report {
  const count = (severity: string) =>
    findings.filter((one) => one.severity === severity && !one.suppression).length;
  const targets = ['dev', 'prod', 'staging'].flatMap((cluster) =>
    ['web', 'api'].map((app) => ({
      path: `overlays/${cluster}/${app}`,
      clusters: [cluster],
      engines: ['argocd' as const],
      syncedBy: [`clusters/${cluster}/argocd/apps/${app}.yaml`],
      manifests: 7,
      rendered: true,
    })),
  );
  return {
    version: 1,
    summary: {
      targets: targets.length,
      manifests: 42,
      checks: 1234,
      errors: count('error'),
      warnings: count('warning'),
      notes: count('note'),
      durationMs: 1720,
    },
    targets,
    findings,
    notChecked: [],
    ...changes,
  };
}
