/** Values under a secret's name that are none: switches, numbers, and what points elsewhere. */
const exempt: readonly RegExp[] = [
  /^\s*$/,
  /^(true|false|yes|no|on|off|null|nil|none|undefined|enabled|disabled|required|optional|auto)$/i,
  /^[-+]?[\d._]+([eE][-+]?\d+)?\s*(ns|us|ms|s|m|h|d|w|[KMGT]i?B?|%)?$/,
  // Filled in later: $(VAR), ${VAR}, $VAR, {{ }}, %VAR%, %(var)s, <placeholder of a plugin:...>.
  /\$\([^)]+\)|\$\{[^}]+\}|\{\{|^\$[A-Za-z_]\w*$|^%.+%$|%\(\w+\)s/,
  /^<(path|avp|vault)?:?[^>]*:[^>]*>$/,
  // Looked up later by a plugin, an operator or the program itself.
  /^(ref\+|vault:|op:\/\/|env:|file:|secret:|secretref:|awssm:|gcpsm:|azurekv:|arn:|sops:)/i,
  /^\$[\w-]+:[\w.-]+$/,
  /^@Microsoft\.KeyVault\(/,
  /^projects\/[^/]+\/secrets\//,
  /^ENC\[/,
  // Where it is, and not what it is.
  /^(\/|\.{1,2}\/|~\/)/,
  /^https?:\/\/[^@\s]+$/i,
  // Hidden by whoever wrote it.
  /^[*•.x-]+$/i,
  /^\[?redacted\]?$/i,
];

const dns = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/**
 * Whether a value is no secret, though its name says so.
 *
 * @param name the field's name: what a `...Secret` holds is mostly the name of one
 */
export function isExemptValue(name: string, value: string): boolean {
  if (value.length > 4096) return false;
  if (exempt.some((pattern) => pattern.test(value))) return true;
  return /[a-z]Secret$|(^|[-_.])secret$/.test(name) && dns.test(value) && value.length <= 63;
}
