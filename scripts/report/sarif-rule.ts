import type { RuleInfo, Severity } from '../model.ts';

/** Code scanning ranks findings of these groups as security alerts; it shows 7.0-8.9 as high. */
const securityGroups: ReadonlySet<string> = new Set(['secrets', 'sops']);
const securitySeverity: Readonly<Record<Severity, string>> = {
  error: '8.0',
  warning: '5.0',
  note: '2.0',
};

/** A rule as SARIF's `reportingDescriptor`, with the help that code scanning shows. */
export function sarifRule({ id, severity, summary, why, fix, docs, aliases }: RuleInfo): object {
  const group = id.slice(0, Math.max(id.indexOf('/'), 0));
  const isSecurity = securityGroups.has(group);
  const paragraphs = [why, `Fix: ${fix}`].filter(Boolean);
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: summary },
    fullDescription: { text: [summary, why].filter(Boolean).join(' ') },
    help: {
      text: [...paragraphs, `See ${docs}`].join('\n\n'),
      markdown: [why, `**Fix:** ${fix}`, `[What this enforces](<${docs.replaceAll('>', '%3E')}>)`]
        .filter(Boolean)
        .join('\n\n'),
    },
    ...(URL.canParse(docs) && { helpUri: docs }),
    defaultConfiguration: { level: severity },
    ...(aliases && aliases.length > 0 && { deprecatedIds: aliases }),
    properties: {
      tags: [
        ...(isSecurity ? ['security'] : []),
        'kubernetes',
        'gitops',
        ...(group ? [group] : []),
      ],
      precision: 'very-high',
      ...(isSecurity && { 'security-severity': securitySeverity[severity] }),
      'problem.severity': severity === 'note' ? 'recommendation' : severity,
    },
  };
}

/** `SecretsNoTokens`: SARIF wants a name in Pascal case. */
function nameOf(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}
