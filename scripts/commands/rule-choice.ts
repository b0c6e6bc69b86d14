import type { Config, Level } from '../config/config.ts';
import { levelsOf, settingsOf } from '../config/rule-levels.ts';
import type { Problem, Rule, RuleSettings, Severity } from '../model.ts';
import { withOptions } from '../rules/options.ts';
import { rules } from '../rules/registry.ts';
import { UserError } from '../shared/errors.ts';
import { nearest } from '../shared/nearest.ts';

/** Which rules are applied, and how much they weigh. */
export interface RuleChoice {
  /** The team's own. */
  readonly rules: readonly Rule[];
  readonly levels: Readonly<Record<string, Severity>>;
  readonly ruleSettings: RuleSettings;
  readonly selectRule: (rule: Rule) => boolean;
}

/** Without these a run would call clean what it could not read. */
const always: ReadonlySet<string> = new Set(['yaml', 'kustomization', 'render']);

/** What is only for information may be left out. */
function isAlways({ id, severity }: Rule): boolean {
  return always.has(groupOf(id)) && severity !== 'note';
}

interface Values {
  readonly only?: string | undefined;
  readonly except?: string | undefined;
}

/**
 * Reads `--only`, `--except` and what the configuration says of rules.
 *
 * @throws UserError when one of them names a rule that there is not
 */
export function chooseRules({ only, except }: Values, config: Config): RuleChoice {
  const { customRules = [] } = config;
  assertOwnIds(customRules);
  const all = [...rules, ...customRules];
  const levels = levelsIn(config, all);
  const settings = settingsOf(config, all);
  const off = new Set(Object.keys(levels).filter((id) => levels[id] === 'off'));
  const wanted = only === undefined ? undefined : namesIn(only, all);
  const unwanted = except === undefined ? new Set<string>() : namesIn(except, all);
  return {
    rules: customRules.map((rule) => guarded(withOptions(rule, settings))),
    ruleSettings: settings,
    levels: Object.fromEntries(Object.entries(levels).filter((one) => isSeverity(one))),
    selectRule: (rule) => {
      const { id, optIn } = rule;
      const group = groupOf(id);
      if (isAlways(rule)) return true;
      if (unwanted.has(group) || unwanted.has(id)) return false;
      // Asked for by its very name, a rule is applied whatever the configuration says.
      if (wanted?.has(id)) return true;
      const isOn = !off.has(id) && (!optIn || id in levels);
      return isOn && (!wanted || wanted.has(group));
    },
  };
}

function isSeverity(entry: readonly [string, string]): entry is [string, Severity] {
  return entry[1] !== 'off';
}

function levelsIn(config: Config, all: readonly Rule[]): Readonly<Record<string, Level>> {
  const ids = all.map(({ id }) => id);
  const levels = levelsOf(config);
  for (const [id, level] of Object.entries(levels)) {
    if (ids.some((one) => groupOf(one) === id)) {
      throw new UserError(`"${id}" is a group; the configuration gives levels to single rules`);
    }
    if (!ids.includes(id)) throw new UserError(`${unknown(id, ids)} (rules in the configuration)`);
    if (level === 'off' && all.some((rule) => rule.id === id && isAlways(rule))) {
      throw new UserError(`${id} cannot be off: a run would call clean what it could not read`);
    }
  }
  return levels;
}

function assertOwnIds(own: readonly Rule[]): void {
  const seen = new Set(rules.map(({ id }) => id));
  for (const { id } of own) {
    if (seen.has(id))
      throw new UserError(`there is another rule ${id}; name the custom one otherwise`);
    seen.add(id);
  }
}

/** A custom rule that fails is the team's to mend, and no fault of presync. */
function guarded<R extends Rule>(rule: R): R {
  const check = rule.check as (subject: never) => Iterable<Problem>;
  return {
    ...rule,
    *check(subject: never) {
      try {
        yield* check.call(rule, subject);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new UserError(`the custom rule ${rule.id} failed: ${reason}`);
      }
    },
  };
}

function groupOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

function namesIn(list: string, all: readonly Rule[]): Set<string> {
  const known = new Set(all.flatMap(({ id }) => [id, groupOf(id)]));
  const names = list.split(',').map((name) => name.trim());
  for (const name of names) if (!known.has(name)) throw new UserError(unknown(name, known));
  return new Set(names);
}

function unknown(name: string, known: Iterable<string>): string {
  const near = nearest(name, known);
  return `no rule or group "${name}"${near ? `; did you mean "${near}"?` : ''}`;
}
