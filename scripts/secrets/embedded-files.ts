import { isCredentialName } from './credential-names.ts';
import { isScript } from './detect.ts';
import { isExemptValue } from './exempt-values.ts';
import { isPlaceholder } from './placeholders.ts';
import type { Sensitive } from './sensitive.ts';

/** Keys of a ConfigMap that hold programs, pages and pictures, not settings. */
const notSettings =
  /\.(sh|bash|py|js|ts|mjs|rb|lua|sql|go|java|pl|ps1|md|txt|html?|css|svg|tpl|tmpl|gotmpl|rego|cel|star)$/i;
const line =
  /^\s*(?:export\s+)?["']?([\w.-]{2,100})["']?\s*[:=]\s*["']?([^\s"'#,][^"'\n]{0,300}?)["']?,?\s*$/;
const longest = 1_000_000;

/** Whether a ConfigMap's key holds a file of settings, line by line. */
function isSettings(key: string, text: string): boolean {
  return text.includes('\n') && text.length <= longest && !notSettings.test(key) && !isScript(text);
}

/** The first line of an embedded file that sets something: its number from 1, or undefined. */
function lineWhere(
  key: string,
  content: Sensitive,
  test: (name: string, value: string) => boolean,
): number | undefined {
  return content.read((text) => {
    if (!isSettings(key, text)) return undefined;
    const index = text.split('\n').findIndex((one) => {
      if (one.length > 500) return false;
      const [, name, value] = line.exec(one) ?? [];
      return name !== undefined && value !== undefined && test(name, value);
    });
    return index < 0 ? undefined : index + 1;
  });
}

/** The line of an embedded file that gives a credential a literal value. */
export function credentialLine(key: string, content: Sensitive): number | undefined {
  return lineWhere(
    key,
    content,
    (name, value) =>
      isCredentialName(name) &&
      // A call, a list or a mapping is code or structure.
      !/[(){}[\]<>|&]|^[$%@*!]/.test(value) &&
      !isExemptValue(name, value) &&
      !isPlaceholder(value, true),
  );
}

/** The line of an embedded file whose value was never filled in. */
export function placeholderLine(key: string, content: Sensitive): number | undefined {
  return lineWhere(key, content, (name, value) => isPlaceholder(value, isCredentialName(name)));
}

/** Whether a text has several lines. */
export function isFile(content: Sensitive): boolean {
  return content.read((text) => text.trim().includes('\n'));
}
