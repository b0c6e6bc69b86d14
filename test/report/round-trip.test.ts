import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { type DefaultTreeAdapterTypes as Html, parse as parseHtml } from 'parse5';
import { expect, test } from 'vitest';
import { parseStringPromise } from 'xml2js';
import type { Finding } from '../../scripts/model.ts';
import { reporters } from '../../scripts/report/reporters.ts';
import { visible } from '../../scripts/report/wording.ts';
import { plain } from './reports.ts';
import { anyReport } from './texts.ts';

/** What is told of each finding of any report is what its rule said, as a real parser reads it. */
function comesBack(
  reporter: string,
  read: (text: string) => Promise<string[]> | string[],
  expected: (findings: readonly Finding[]) => string[],
) {
  return fc.assert(
    fc.asyncProperty(anyReport, async (report) => {
      const text = await reporters[reporter]?.(report, plain);
      // A file has no halves of characters.
      const written = Buffer.from(text ?? '', 'utf8').toString('utf8');
      expect(written).toBe(text);
      expect(await read(written)).toEqual(expected(report.findings));
    }),
    { numRuns: 300 },
  );
}

const open = (findings: readonly Finding[]) => findings.filter(({ suppression }) => !suppression);
const messages = (findings: readonly Finding[]) => findings.map(({ message }) => message);
/** Reports group findings by file, in the order of the files' first findings. */
const grouped = (findings: readonly Finding[]) =>
  [...Map.groupBy(findings, ({ location }) => location.file).values()].flat();

test('JSON brings every text back, half characters included', async () => {
  const read = (text: string) => messages(JSON.parse(text).findings);
  await comesBack('json', read, messages);
});

test('SARIF brings every text back once its escapes are undone', async () => {
  await fc.assert(
    fc.asyncProperty(anyReport, async (report) => {
      const [run] = JSON.parse((await reporters.sarif?.(report, plain)) ?? '').runs;
      const told = run.results.map(
        ({ message }: { message: { text: string } }) =>
          message.text.replaceAll(/\\([\\[\]])/g, '$1').split('\nIn ')[0],
      );
      const wanted = report.findings.map(({ message, fix }) => `${message}\n${fix}`);
      expect(told).toEqual(wanted.map((text) => text.split('\nIn ')[0]));
    }),
    { numRuns: 300 },
  );
});

test('JUnit brings back every text that XML can carry, and spells out the rest', async () => {
  const read = async (text: string) => {
    // Stricter parsers make spaces of these, and a line feed of a carriage return.
    expect(text).not.toContain('\r');
    expect(text).not.toMatch(/="[^"]*[\n\t]/);
    const { testsuites } = await parseStringPromise(text);
    const [, ...suites] = testsuites.testsuite as { testcase?: { $: { name: string } }[] }[];
    return suites.flatMap(({ testcase = [] }) => testcase.map(({ $ }) => $.name));
  };
  await comesBack('junit', read, (findings) => messages(grouped(findings)).map(xmlText));
});

/** XML 1.0 has no character references for these. */
function xmlText(text: string): string {
  return [...text]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      const isText = code >= 0x20 || character === '\n' || character === '\r' || character === '\t';
      const isHalf = code >= 0xd800 && code <= 0xdfff;
      if (isText && !isHalf && code !== 0xfffe && code !== 0xffff) return character;
      return `\\u{${code.toString(16).padStart(4, '0')}}`;
    })
    .join('');
}

test('HTML shows every text, what cannot be seen spelt out, and holds nothing of it as markup', async () => {
  const read = (text: string) => {
    const elements = elementsOf(parseHtml(text));
    for (const { tagName, attrs } of elements) {
      expect(known.has(tagName), tagName).toBe(true);
      for (const { name, value } of attrs) {
        expect(name).not.toMatch(/^(on.*|style|src|srcset|action|formaction)$/);
        if (name === 'href') expect(value).toMatch(/^(https?:\/\/|#findings$)/);
      }
    }
    expect(elements.filter(({ tagName }) => tagName === 'script')).toHaveLength(1);
    return elements
      .filter(({ attrs }) => attrs.some(({ value }) => value === 'message'))
      .map(textOf);
  };
  await comesBack('html', read, (findings) => messages(grouped(findings)).map(visible));
});

/** The elements that the page itself has. */
const known: ReadonlySet<string> = new Set(
  'html head meta title style body a header h1 h2 h3 span p main div table thead tbody tr td th button form label select option input output section article code pre figure figcaption mark ul li details summary script wbr'.split(
    ' ',
  ),
);

function elementsOf(node: Html.Node): Html.Element[] {
  const own = 'tagName' in node ? [node] : [];
  return 'childNodes' in node ? [...own, ...node.childNodes.flatMap(elementsOf)] : own;
}

function textOf(node: Html.Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

test('Markdown shows every text in a code span, and nothing of it is markup', async () => {
  const read = (text: string) => {
    // Links that are typed out count as well: GitHub makes them of bare addresses.
    const tokens = new MarkdownIt({ html: true, linkify: true }).parse(text, {});
    const inline = tokens.flatMap(({ children }) => children ?? []);
    const types = new Set([...tokens, ...inline].map(({ type }) => type));
    expect(
      [...types].filter((type) => /html|link|image|fence|code_block|quote|hr/.test(type)),
    ).toEqual([]);
    const items = tokens.filter(({ type, level }) => type === 'inline' && level === 3);
    return items.flatMap(({ children }) => messageIn(children ?? []) ?? []);
  };
  const weight = (findings: readonly Finding[]) =>
    findings.some(({ severity }) => severity === 'error')
      ? 2
      : findings.some(({ severity }) => severity === 'warning')
        ? 1
        : 0;
  const expected = (findings: readonly Finding[]) => {
    const byFile = [...Map.groupBy(open(findings), ({ location }) => location.file).values()];
    const sorted = byFile.sort((a, b) => weight(b) - weight(a)).flat();
    return messages(sorted).map((message) => visible(message) || '(nothing)');
  };
  await comesBack('markdown', read, expected);
});

/** A finding's item: a sign and its severity in bold, its place, and then what is wrong. */
function messageIn(tokens: readonly { type: string; content: string }[]): string | undefined {
  if (!tokens.some(({ type }) => type === 'strong_open')) return undefined;
  const line = tokens.slice(
    0,
    tokens.findIndex(({ type }) => type === 'hardbreak'),
  );
  const [, message] = line.filter(({ type }) => type === 'code_inline');
  if (message) return message.content;
  return line.at(-1)?.content.trim();
}

test('workflow commands are those of presync alone, and bring every text back', async () => {
  await fc.assert(
    fc.asyncProperty(anyReport, async (report) => {
      const text = (await reporters.github?.(report, plain)) ?? '';
      // Runners end lines at either character.
      const lines = text.split(/\r\n|\r|\n/);
      const commands = lines.filter((line) => line.trimStart().startsWith('::'));
      const others = lines.filter((line) => !line.trimStart().startsWith('::'));
      const annotations = commands.filter((line) => !/^::(end)?group::/.test(line));
      const isOurs = /^::(error|warning|notice) file=[^:]*,title=presync [^:]*::/;
      expect(annotations.filter((line) => !isOurs.test(line))).toEqual([]);
      expect(others.filter((line) => line.includes('##['))).toEqual([]);
      const bySeverity = ['error', 'warning', 'note'].flatMap((severity) =>
        open(report.findings).filter((finding) => finding.severity === severity),
      );
      expect(annotations).toHaveLength(bySeverity.length);
      for (const [index, { message, fix }] of bySeverity.entries()) {
        const data = (annotations[index] ?? '').replace(isOurs, '');
        const told = data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
        expect(told.startsWith(`${message}\n${fix}`)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('a terminal is told nothing that it would obey', async () => {
  await fc.assert(
    fc.asyncProperty(anyReport, async (report) => {
      for (const verbose of [false, true]) {
        const text = (await reporters.pretty?.(report, { ...plain, verbose })) ?? '';
        expect(text).not.toMatch(/[[\p{Cc}\p{Cf}\u2028\u2029]--[\n]]/v);
      }
    }),
    { numRuns: 300 },
  );
});
