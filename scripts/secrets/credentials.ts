import { isCredentialName } from './credential-names.ts';
import { isExemptValue } from './exempt-values.ts';
import { isPlaceholder } from './placeholders.ts';
import type { Sensitive } from './sensitive.ts';

/** What a value under a name is, as far as the two tell. */
export type Judgement = 'credential' | 'placeholder' | 'harmless';

/** Judges one value by its name: the one place that all value rules ask. */
export function judgeValue(name: string, value: Sensitive): Judgement {
  const isNamed = isCredentialName(name);
  let judgement: Judgement = 'harmless';
  value.read((text) => {
    if (isPlaceholder(text, isNamed)) judgement = 'placeholder';
    else if (isNamed && !isExemptValue(name, text)) judgement = 'credential';
    return undefined;
  });
  return judgement;
}
