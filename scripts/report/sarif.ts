import type { Finding, Report, RuleInfo } from '../model.ts';
import { reachOf } from './reach.ts';
import type { ReporterOptions } from './reporters.ts';
import { sarifRule } from './sarif-rule.ts';
import { endColumnOf } from './wording.ts';

/** SARIF 2.1.0, as GitHub code scanning, GitLab and editors read it. */
export function sarif(report: Report, options: ReporterOptions): string {
  const { rules, indexOf } = rulesOf(report.findings, options.rules ?? []);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'presync',
            ...(options.version && { semanticVersion: options.version }),
            informationUri: 'https://www.npmjs.com/package/presync',
            rules: rules.map(sarifRule),
          },
        },
        originalUriBaseIds: {
          '%SRCROOT%': { description: { text: 'The root of the checked repository.' } },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true }],
        results: report.findings.map((finding) =>
          result(
            finding,
            indexOf(finding.rule),
            endColumnOf(finding, options.excerptOf?.(finding)),
          ),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function result(finding: Finding, ruleIndex: number, endColumn: number | undefined) {
  const { rule, severity, message, fix, location, related, suppression } = finding;
  const { object, path, targets, clusters, certainty } = finding;
  const reach = reachOf(finding);
  const text = [message, fix, ...(reach ? [`In ${reach}.`] : [])].join('\n');
  return {
    ruleId: rule,
    ruleIndex,
    level: severity,
    message: { text: plain(text) },
    locations: [
      {
        physicalLocation: physical(location, endColumn),
        ...(object && {
          logicalLocations: [
            {
              name: object.name,
              fullyQualifiedName: [object.namespace, object.kind, object.name, path ?? '']
                .filter(Boolean)
                .join('/'),
              kind: 'resource',
            },
          ],
        }),
      },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.map((one, id) => ({
        id: id + 1,
        message: { text: plain(one.message) },
        physicalLocation: physical(one.location),
      })),
    }),
    partialFingerprints: { 'presync/v1': finding.fingerprint },
    ...(suppression && {
      suppressions: [
        { kind: suppression.kind, status: 'accepted', justification: suppression.justification },
      ],
    }),
    properties: { certainty, targets, clusters },
  };
}

function physical({ file, line, column }: Finding['location'], endColumn?: number) {
  return {
    artifactLocation: { uri: uriOf(file), uriBaseId: '%SRCROOT%' },
    region: {
      startLine: line,
      startColumn: column,
      ...(endColumn && { endColumn }),
    },
  };
}

/** A relative reference: what else a file's name holds is spelt as RFC 3986 has it. */
function uriOf(file: string): string {
  return file
    .split('/')
    .map((step) => encodeURIComponent(step.toWellFormed()))
    .join('/');
}

/** A plain text message: brackets would make links of what a stranger wrote. */
function plain(text: string): string {
  return text.replaceAll(/[\\[\]]/g, (character) => `\\${character}`);
}

/** All rules that are known, and those that findings name besides. */
function rulesOf(findings: readonly Finding[], known: readonly RuleInfo[]) {
  const byId = new Map(known.map((rule) => [rule.id, rule]));
  for (const { rule: id, severity, fix, docs } of findings) {
    if (!byId.has(id)) byId.set(id, { id, severity, summary: id, why: '', fix, docs });
  }
  const rules = [...byId.values()];
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  return { rules, indexOf: (id: string) => indices.get(id) ?? -1 };
}
