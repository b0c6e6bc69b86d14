import type { Rule, RuleOption, RuleSettings } from '../model.ts';

/** A rule as the configuration's options have it; the rule itself where they say nothing of it. */
export function withOptions(rule: Rule, settings: RuleSettings = {}): Rule {
  const own = Object.hasOwn(settings, rule.id) ? settings[rule.id] : undefined;
  return own && rule.configure ? rule.configure(own) : rule;
}

/** An option that is a list of texts, none of them empty. */
export function textsOption(summary: string): RuleOption {
  return {
    summary,
    fault: (value) =>
      isTexts(value) && !value.includes('') ? undefined : 'must be a list of texts',
  };
}

/** A checked option's texts; none where it is not given. */
export function textsIn(value: unknown): readonly string[] {
  return isTexts(value) ? value : [];
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
