import { printable, wrap } from '../shared/text.ts';

/** A line of a tree and what is below it. */
export interface Branch {
  readonly text: string;
  readonly below: readonly Branch[];
}

/** A tree as lines of at most `columns` characters, where its words allow that. */
export function treeText(branches: readonly Branch[], columns: number): string {
  const lines: string[] = [];
  const add = ({ text, below }: Branch, first: string, rest: string): void => {
    const [line = '', ...more] = wrap(printable(text), Math.max(columns - rest.length, 30));
    lines.push(`${first}${line}`);
    const aside = below.length > 0 ? '│ ' : '  ';
    lines.push(...more.map((one) => `${rest}${aside}${one}`));
    below.forEach((one, index) => {
      const isLast = index === below.length - 1;
      add(one, `${rest}${isLast ? '└─ ' : '├─ '}`, `${rest}${isLast ? '   ' : '│  '}`);
    });
  };
  for (const branch of branches) add(branch, '', '');
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
