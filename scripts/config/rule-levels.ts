import type { Rule, RuleSettings } from '../model.ts';
import { UserError } from '../shared/errors.ts';
import { nearest } from '../shared/nearest.ts';
import type { Config, Level } from './config.ts';

/** The levels that a configuration gives to rules, by their ids. */
export function levelsOf({ rules = {} }: Config): Readonly<Record<string, Level>> {
  return Object.fromEntries(
    Object.entries(rules).flatMap(([id, set]) =>
      set === undefined ? [] : [[id, typeof set === 'string' ? set : set[0]]],
    ),
  );
}

/**
 * The options that a configuration gives to rules.
 *
 * @param known every rule there is
 * @throws UserError when a rule takes no such option, or no such value
 */
export function settingsOf({ rules = {} }: Config, known: readonly Rule[]): RuleSettings {
  const settings = Object.entries(rules).flatMap(([id, set]) =>
    set === undefined || typeof set === 'string' ? [] : [[id, set[1]] as const],
  );
  for (const [id, options] of settings) {
    const rule = known.find((one) => one.id === id);
    for (const [name, value] of Object.entries(options)) {
      const fault = faultOf(rule?.options ?? {}, name, value);
      if (fault) throw new UserError(`rules["${id}"] in the configuration: ${fault}`);
    }
  }
  return Object.fromEntries(settings);
}

function faultOf(
  options: NonNullable<Rule['options']>,
  name: string,
  value: unknown,
): string | undefined {
  const names = Object.keys(options);
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option) {
    const fault = option.fault(value);
    return fault && `${name} ${fault}`;
  }
  if (names.length === 0) return `the rule takes no options, and so not "${name}"`;
  const near = nearest(name, names);
  const hint = near ? `did you mean "${near}"?` : `choose from ${names.join(', ')}`;
  return `no option "${name}"; ${hint}`;
}
