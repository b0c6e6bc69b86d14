import { openLocations } from '../kubernetes/open-yaml.ts';
import { yamlLibrary } from '../kubernetes/yaml-library.ts';
import type { Location, TextFile } from '../model.ts';

/** A `# presync-ignore` comment that says all it has to. */
export interface SuppressionComment {
  /** Where the comment begins. */
  readonly location: Location;
  /** Rules as the comment names them, whether or not there are such. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** The last day on which it holds, as `2027-01-31`. */
  readonly until?: string;
  /** Lines whose findings it is about: its own, and what it stands above. */
  readonly lines: readonly number[];
}

/** Why a comment that was meant as a suppression is none. */
export interface SuppressionFault {
  readonly location: Location;
  readonly message: string;
}

interface Comment {
  readonly text: string;
  readonly offset: number;
}

/** Nobody reads more; a file of a stranger may hold any number. */
const most = 1000;

/**
 * The suppressions of a file. In YAML only real comments count, in other files (which are env
 * files mostly, where the end of a line belongs to the value) only lines that are one.
 */
export function suppressionsIn(
  { path, text }: TextFile,
  isYaml: boolean,
): { suppressions: SuppressionComment[]; faults: SuppressionFault[] } {
  const suppressions: SuppressionComment[] = [];
  const faults: SuppressionFault[] = [];
  if (!text.includes('presync-')) return { suppressions, faults };
  const lines = text.split('\n');
  const locationAt = openLocations(text, path);
  for (const comment of isYaml ? yamlComments(text) : wholeLines(lines)) {
    const match = /#+\s{0,9}(presync-(?:ignore|disable)[\w-]{0,99})(.*)$/.exec(comment.text);
    if (!match) continue;
    const location = locationAt(comment.offset + match.index);
    if (suppressions.length + faults.length >= most) {
      faults.push({ location, message: `only ${most} suppressions of a file are read` });
      break;
    }
    const read = readComment(match[1] ?? '', match[2] ?? '');
    if (typeof read === 'string') faults.push({ location, message: read });
    else suppressions.push({ ...read, location, lines: covered(lines, location.line) });
  }
  return { suppressions, faults };
}

/** What a comment says, or what is wrong with it. */
function readComment(
  word: string,
  text: string,
): Pick<SuppressionComment, 'rules' | 'reason' | 'until'> | string {
  if (word !== 'presync-ignore') return `"${word}" means nothing to presync`;
  const said = text.split(' #')[0]?.trim() ?? '';
  const [, names = '', rest = ''] = /^([^:]*):?(.*)$/.exec(said) ?? [];
  const rules = names.split(',').map((name) => name.trim());
  if (rules.some((name) => name === '')) return 'suppression names no rule';
  const until = /\(until\s{0,9}([^)]{0,99})\)$/.exec(rest)?.[1]?.trim();
  const reason = rest.replace(/\(until[^)]{0,99}\)$/, '').trim();
  if (!/[\p{L}\p{N}]/u.test(reason)) return 'suppression gives no reason';
  if (until !== undefined) {
    return isDate(until) ? { rules, reason, until } : `"${until}" is no date such as 2027-01-31`;
  }
  const bare = /\buntil \d[\d./-]{0,20}$/.exec(reason)?.[0];
  return bare ? `"${bare}" does not stand in brackets` : { rules, reason };
}

function isDate(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) &&
    !Number.isNaN(day.valueOf()) &&
    day.toISOString().startsWith(text)
  );
}

/** A comment at the end of a line is about that line; one by itself about the next as well. */
function covered(lines: readonly string[], line: number): number[] {
  const isComment = (at: number) => /^\s*#/.test(lines[at - 1] ?? '');
  if (!isComment(line)) return [line];
  let next = line + 1;
  while (isComment(next)) next++;
  return [line, next];
}

function* yamlComments(text: string): Generator<Comment> {
  let offset = 0;
  let isScalar = false;
  for (const token of new (yamlLibrary().Lexer)().lex(text)) {
    // Marks of the lexer itself: a document begins, a flow ends too early, a scalar follows.
    if (!isScalar && (token === '\u0002' || token === '\u0018')) continue;
    if (!isScalar && token === '\u001f') {
      isScalar = true;
      continue;
    }
    if (!isScalar && token.startsWith('#')) yield { text: token.trimEnd(), offset };
    isScalar = false;
    offset += token.length;
  }
}

function* wholeLines(lines: readonly string[]): Generator<Comment> {
  let offset = 0;
  for (const line of lines) {
    if (/^\s*#/.test(line)) yield { text: line.trimEnd(), offset };
    offset += line.length + 1;
  }
}
