import type { Finding, RenderedField, RuleInfo, ShownLine } from '../model.ts';
import { type Markup, markup } from './markup.ts';
import { reachOf } from './reach.ts';
import type { ReporterOptions } from './reporters.ts';
import { nameOf, placeOf } from './wording.ts';

/** One finding: what is wrong, the written line beside what it became, and what to do. */
export function findingMarkup(
  finding: Finding,
  { excerptOf, rules = [] }: ReporterOptions,
  { clusters, systems }: { readonly clusters: string; readonly systems: string },
): Markup {
  const { rule, severity, message, fix, suppression, object } = finding;
  const { source, rendered } = excerptOf?.(finding) ?? {};
  const why = rules.find(({ id }) => id === rule);
  const reach = reachOf(finding);
  const attributes = markup` data-severity="${severity}" data-rule="${rule}" data-clusters="${clusters}" data-systems="${systems}"`;
  return markup`<article class="finding ${severity}"${attributes}${suppression ? markup` data-suppressed hidden` : undefined}>
<h3><span class="badge">${severity}</span> <span class="message">${message}</span></h3>
<div class="${rendered ? 'sides' : 'side'}"><div>
${suppression ? markup`<p class="quiet">suppressed: ${suppression.justification}</p>` : undefined}
${source ? sourceMarkup(source, finding) : undefined}
<p class="fix">${withCode(fix)}</p>
<p class="facts"><code class="place">${placeOf(finding)}</code>${object ? markup`<span>${nameOf(object)}</span>` : undefined}${reach ? markup`<span>in ${reach}</span>` : undefined}</p>
${relatedMarkup(finding)}
${ruleMarkup(finding, why)}
</div>
${rendered ? renderedMarkup(rendered) : undefined}
</div></article>
`;
}

function sourceMarkup({ text, start, end }: ShownLine, { location }: Finding): Markup {
  const [before, fault, after] = [
    text.slice(0, start - 1),
    text.slice(start - 1, end - 1),
    text.slice(end - 1),
  ];
  return markup`<figure><figcaption>Written in line ${location.line}</figcaption><pre tabindex="0"><code>${before.trimStart()}<mark>${fault}</mark>${after}</code></pre></figure>`;
}

function renderedMarkup({ target, lines, marked }: RenderedField): Markup {
  const shown = lines.map((line, index) => {
    if (index === marked) {
      const indent = line.length - line.trimStart().length;
      return markup`${line.slice(0, indent)}<mark>${line.slice(indent)}</mark>\n`;
    }
    return line === '' ? markup`<span class="gap">⋮</span>\n` : markup`${line}\n`;
  });
  return markup`<figure><figcaption>Rendered by ${target}</figcaption><pre tabindex="0"><code>${shown}</code></pre></figure>`;
}

function relatedMarkup({ related }: Finding): Markup | undefined {
  if (related.length === 0) return undefined;
  const places = related.map(
    ({ message, location }) =>
      markup`<li>${message}: <code>${location.file}:${location.line}</code></li>`,
  );
  return markup`<ul class="related">${places}</ul>`;
}

/** What the rule wants and why, behind its name. */
function ruleMarkup({ rule, docs }: Finding, info: RuleInfo | undefined): Markup {
  const link = /^https?:\/\//.test(docs)
    ? markup`<a href="${docs}" rel="noreferrer noopener">${docs}</a>`
    : markup`${docs}`;
  return markup`<details><summary><code>${rule}</code></summary>${info ? markup`<p>${withCode(info.summary)}</p><p>${withCode(info.why)}</p>` : undefined}<p>Enforces ${link}</p></details>`;
}

/** A sentence whose code stands in backticks. */
function withCode(text: string): Markup[] {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return [markup`${text}`];
  return parts.map((part, index) =>
    index % 2 === 0 ? markup`${part}` : markup`<code>${part}</code>`,
  );
}
