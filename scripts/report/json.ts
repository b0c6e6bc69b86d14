import type { Report } from '../model.ts';

/** The report as it is. The keys are part of the public API. */
export function json(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
