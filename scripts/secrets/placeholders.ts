/**
 * Words that nobody means as a value, wherever they stand. Joined by `_` or `-`, so that
 * prose ("replace with care") does not count.
 */
const strong: RegExp =
  /change[-_]?me(?![a-z])|replace[-_](me|this|with|by)(?![a-z])|replaceme(?![a-z])|<(your|insert|replace|change|enter|add)[-_ ][^<>]{1,60}>|\byour[-_](own[-_])?(api[-_]?key|access[-_]?key|token|password|secret|secret[-_]?key|client[-_]?secret|license[-_]?key)\b|\b[sp]k[-_](live[-_]|test[-_]|proj[-_])?x{3,}|insert[-_][a-z]{2,20}[-_]here|put[-_][a-z]{2,20}[-_]here/i;

/** Words that are placeholders under a secret's name, as all there is. */
const weak: RegExp =
  /^\W{0,2}(todo|tbd|fixme|xxx+|placeholder|dummy|example|sample|changeit|change[-_ ]?it|replace|your[-_ ].{1,40}|insert.{0,40}|set[-_ ]?me|fill[-_ ]?me|fill[-_ ]?in|\.\.\.|<[^<>]{1,60}>|foobar|s3cr3t-?here|secret[-_ ]?here)\W{0,2}$/i;

/** Whether a value stands for one that was never filled in. */
export function isPlaceholder(value: string, underCredentialName: boolean): boolean {
  if (value.length > 4096) return false;
  // Prose about placeholders is none.
  if (value.trim().split(/\s+/, 9).length > 6) return false;
  return strong.test(value) || (underCredentialName && weak.test(value.trim()));
}
