import type { Finding } from '../model.ts';

interface Identity extends Pick<Finding, 'rule' | 'location' | 'object' | 'path' | 'message'> {
  /** Of the problem; two in one field are then no repeats. */
  readonly discriminator?: string | undefined;
}

/**
 * What a finding is recognised by in a later run: rule, file and field, no line, so
 * that lines may move. The message counts only where there is no field to name.
 */
export function fingerprintOf(finding: Identity): string {
  const { rule, location, object, path, message, discriminator } = finding;
  const identity = object ? [object.kind, object.name, path] : [message];
  const own = discriminator === undefined ? [] : [discriminator];
  const text = JSON.stringify([rule, location.file, ...identity, ...own]);
  // Loaded only where there is something to tell.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Two problems in one field are told apart by their order. */
export function numberRepeats(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const { fingerprint } = finding;
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    return count === 1 ? finding : { ...finding, fingerprint: `${fingerprint}-${count}` };
  });
}
