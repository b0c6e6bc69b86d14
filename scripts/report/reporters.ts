import type { Report } from '../model.ts';
import { json } from './json.ts';
import { pretty } from './pretty.ts';

export interface ReporterOptions {
  readonly colour: boolean;
  /** Width of the terminal, in characters. */
  readonly columns: number;
}

/** Turns a report into text. Reporters read nothing else and print nothing themselves. */
export type Reporter = (report: Report, options: ReporterOptions) => string;

export const reporters: Readonly<Record<string, Reporter>> = { pretty, json };
