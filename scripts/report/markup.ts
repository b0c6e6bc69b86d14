import { visible } from './wording.ts';

/** HTML that is safe to stand in a page. Only `markup` and `trusted` make it. */
export interface Markup {
  readonly html: string;
}

type Part = Markup | readonly Markup[] | string | number | undefined;

/** A piece of HTML: texts put into it are escaped, also in a quoted attribute. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const html = strings.map((text, index) => text + toHtml(parts[index])).join('');
  return { html };
}

/** Our own text that is HTML, a style sheet or a program already. */
export function trusted(html: string): Markup {
  return { html };
}

/** A path, which a narrow page may break after a slash. */
export function breakable(path: string): readonly Markup[] {
  return path
    .split('/')
    .map((step, index) => (index === 0 ? markup`${step}` : markup`/<wbr>${step}`));
}

function toHtml(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escaped(part);
  return 'html' in part ? part.html : part.map(({ html }) => html).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return visible(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
