import type { Excerpt, Finding, Report, RuleInfo } from '../model.ts';

export interface ReporterOptions {
  readonly colour: boolean;
  /** Width of the terminal, in characters. */
  readonly columns: number;
  /** Say nothing when there is nothing wrong. */
  readonly quiet?: boolean;
  /** Tell all that is known of each finding. */
  readonly verbose?: boolean;
  /** What is to be told of the rules; without them there is what their findings say. */
  readonly rules?: readonly RuleInfo[];
  /** What may be shown beside a finding. It is free of secrets. */
  readonly excerptOf?: (finding: Finding) => Excerpt;
  /** Version of this tool, for reports that name it. */
  readonly version?: string;
}

/** Turns a report into text. Reporters read nothing else and print nothing themselves. */
export type Reporter = (report: Report, options: ReporterOptions) => string | Promise<string>;

/** By the name that `--reporter` takes. Each is loaded when it is first used. */
export const reporters: Readonly<Record<string, Reporter>> = {
  pretty: async (...given) => (await import('./pretty.ts')).pretty(...given),
  json: async (report) => (await import('./json.ts')).json(report),
  sarif: async (...given) => (await import('./sarif.ts')).sarif(...given),
  junit: async (report) => (await import('./junit.ts')).junit(report),
  github: async (...given) => (await import('./github.ts')).github(...given),
  gitlab: async (report) => (await import('./gitlab.ts')).gitlab(report),
  markdown: async (report) => (await import('./markdown.ts')).markdown(report),
  html: async (...given) => (await import('./html.ts')).html(...given),
};
