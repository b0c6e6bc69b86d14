import type { Report, Severity } from '../model.ts';
import { openFindings } from './wording.ts';

const severities: Readonly<Record<Severity, string>> = {
  error: 'major',
  warning: 'minor',
  note: 'info',
};

/** GitLab's Code Quality report: shown in a merge request's widget and beside its lines. */
export function gitlab(report: Report): string {
  const issues = openFindings(report).open.map(
    ({ rule, severity, message, fix, location, fingerprint }) => ({
      type: 'issue',
      check_name: rule,
      description: message,
      content: { body: fix },
      categories: ['Bug Risk'],
      severity: severities[severity],
      fingerprint,
      location: {
        path: location.file,
        positions: { begin: { line: location.line, column: location.column } },
        lines: { begin: location.line },
      },
    }),
  );
  return `${JSON.stringify(issues, null, 2)}\n`;
}
