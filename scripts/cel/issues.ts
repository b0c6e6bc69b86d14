/** What is wrong with an expression, where, and in the API server's words. */
export interface Issue {
  readonly message: string;
  /** Offset in UTF-16 units; -1 where the problem is the expression as a whole. */
  readonly at: number;
  /** Line and column, both from 1; the column counts code points. */
  readonly line: number;
  readonly column: number;
}

/** A problem by its offset. */
export interface Problem {
  readonly message: string;
  readonly at: number;
}

const mostIssues = 100;

/** Gives problems their lines and columns and sorts them as they stand in the source. */
export function locate(source: string, problems: readonly Problem[]): Issue[] {
  return problems
    .toSorted((one, other) => one.at - other.at)
    .slice(0, mostIssues)
    .map(({ message, at }) => {
      if (at < 0) return { message, at, line: -1, column: 0 };
      const before = source.slice(0, at);
      const line = before.split('\n').length;
      const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1;
      return { message, at, line, column };
    });
}

/** An issue as the API server prints its first line. */
export function formatIssue({ line, column, message }: Issue): string {
  return `ERROR: <input>:${line}:${column}: ${message}`;
}
