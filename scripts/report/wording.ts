import type { Excerpt, Finding, ObjectReference, Report, ReportedTarget } from '../model.ts';
import { counted } from '../shared/text.ts';

/** Findings that count, and how many somebody decided to live with. */
export function openFindings({ findings }: Pick<Report, 'findings'>): {
  readonly open: readonly Finding[];
  readonly suppressed: number;
} {
  const open = findings.filter(({ suppression }) => suppression === undefined);
  return { open, suppressed: findings.length - open.length };
}

/** What findings call a target. */
export function calledOf({ name, path }: Pick<ReportedTarget, 'name' | 'path'>): string {
  return name ?? path;
}

/** `Deployment ai-assistant/api`. */
export function nameOf({ kind, namespace, name }: ObjectReference): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

/** `base/api/deployment.yaml:12:9`, or the file alone when the line is not known. */
export function placeOf({ location, certainty }: Pick<Finding, 'location' | 'certainty'>): string {
  const { file, line, column } = location;
  return certainty === 'file' && line === 1 ? file : `${file}:${line}:${column}`;
}

/** The column after what is at fault, where the file's own columns are known. */
export function endColumnOf(
  { location }: Pick<Finding, 'location'>,
  { source }: Excerpt = {},
): number | undefined {
  const isKnown = source && !source.masked && source.start === location.column;
  return isKnown && source.end > source.start ? source.end : undefined;
}

/** `2 errors, 1 warning`; `No findings` when there are none. */
export function verdictOf(findings: readonly Finding[]): string {
  const parts = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [counted(count, severity)] : [];
  });
  return parts.join(', ') || 'No findings';
}

/** `30 targets, 726 manifests, 25909 checks`. */
export function workOf({ summary, targets }: Pick<Report, 'summary' | 'targets'>): string {
  const failed = targets.filter(({ rendered }) => !rendered).length;
  const aside = [
    ...(failed > 0 ? [`${failed} not rendered`] : []),
    ...(summary.cached ? [`${summary.cached} unchanged`] : []),
  ];
  return [
    counted(summary.targets, 'target') + (aside.length > 0 ? ` (${aside.join(', ')})` : ''),
    counted(summary.manifests, 'manifest'),
    counted(summary.checks, 'check'),
  ].join(', ');
}

/** `1.72 s`. */
export function timeOf(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(2)} s`;
}

const familiar: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text of a stranger for a page: characters that nobody sees, that turn the direction of the
 * text around them or that are half of one are spelt out, as `\u{202e}`.
 */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\u2028\u2029]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return familiar[character] ?? `\\u{${code.toString(16).padStart(4, '0')}}`;
  });
}
