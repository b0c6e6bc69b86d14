import { isRecord } from '../../kubernetes/fields.ts';
import { CannotTell, TemplateFault } from '../go-template/errors.ts';
import { type MissingKey, openBudget, runGoTemplate } from '../go-template/evaluate.ts';
import { type Node, parseTemplate } from '../go-template/parse.ts';

/** What a generator gives for one Application. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Fills parameters into texts, in the syntax that the ApplicationSet chose. */
export interface Filler {
  readonly goTemplate: boolean;
  /** Throws TemplateFault or CannotTell. */
  fill(text: string, parameters: Parameters): string;
}

/**
 * The templates of an ApplicationSet's `spec`.
 *
 * @throws TemplateFault for an option that Go does not have
 */
export function openFiller(goTemplate: boolean, options: readonly unknown[]): Filler {
  const missingKey = goTemplate ? missingKeyOf(options) : 'default';
  const parsed = new Map<string, readonly Node[]>();
  const budget = openBudget();
  return { goTemplate, fill: goTemplate ? fillGo : fillFast };

  function fillGo(text: string, parameters: Parameters): string {
    if (!text.includes('{{')) return text;
    const nodes = parsed.get(text) ?? parseTemplate(text);
    parsed.set(text, nodes);
    return runGoTemplate(nodes, parameters, missingKey, budget);
  }
}

/** Go takes the last one that is given. */
function missingKeyOf(options: readonly unknown[]): MissingKey {
  let chosen: MissingKey = 'default';
  for (const option of options) {
    const [key, value] = String(option).split('=');
    if (key !== 'missingkey' || !value) throw new TemplateFault(`unrecognized option "${option}"`);
    if (value === 'error' || value === 'zero') chosen = value;
    else if (value === 'default' || value === 'invalid') chosen = 'default';
    else throw new TemplateFault(`unrecognized option "${option}"`);
  }
  return chosen;
}

/** Placeholders that no parameter fills stay as they are. */
function fillFast(text: string, parameters: Parameters): string {
  let filled = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf('{{', at);
    const close = open < 0 ? -1 : text.indexOf('}}', open + 2);
    if (close < 0) return filled + text.slice(at);
    const tag = text.slice(open + 2, close);
    const name = tag.trim();
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    filled += text.slice(at, open) + (name && typeof value === 'string' ? value : `{{${tag}}}`);
    at = close + 2;
  }
}

const deepest = 60;

/**
 * Fills every text of a value, keys of maps included, as each field is a template of its own.
 *
 * @throws TemplateFault and CannotTell of the filler
 */
export function fillAll(
  value: unknown,
  parameters: Parameters,
  filler: Filler,
  depth = 0,
): unknown {
  if (depth > deepest) throw new CannotTell('a template is nested too deeply');
  if (typeof value === 'string') return filler.fill(value, parameters);
  if (Array.isArray(value)) {
    return value.map((one) => fillAll(one, parameters, filler, depth + 1));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      filler.fill(key, parameters),
      fillAll(one, parameters, filler, depth + 1),
    ]),
  );
}
