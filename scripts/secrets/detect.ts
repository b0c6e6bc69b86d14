import type { SafeVerdict, Sensitive } from './sensitive.ts';
import { tokenFormats } from './token-formats.ts';
import { type CredentialUrl, credentialUrlIn } from './urls.ts';

/** What a text holds whatever its name is. Nothing in it comes from the text but a URL's host. */
interface Detection extends SafeVerdict {
  readonly token?: { readonly name: string; readonly half: boolean };
  readonly url?: CredentialUrl;
}

/** Looks at texts, at each distinct one once. */
export type Detect = (value: Sensitive) => Detection;

const nothing: Detection = { safe: true };
/** What the memory of one run may hold. */
const mostTexts = 200_000;
/** Nobody keeps a secret behind a megabyte. */
const longest = 1_000_000;

/** Makes a detector with a memory of its own, for one run. */
export function createDetect(): Detect {
  const known = new Map<string, Detection>();
  return (value) =>
    value.read((text) => {
      // Too short for any format, and for a URL with a password.
      if (text.length < 10) return nothing;
      let detection = known.get(text);
      if (!detection) {
        detection = look(text.length > longest ? text.slice(0, longest) : text);
        if (known.size >= mostTexts) known.clear();
        known.set(text, detection);
      }
      return detection;
    });
}

function look(text: string): Detection {
  const token = tokenIn(text, 0);
  const url = isScript(text) ? undefined : credentialUrlIn(text);
  if (!token && !url) return nothing;
  return { safe: true, ...(token && { token }), ...(url && { url }) };
}

/** A token, also below one or two layers of base64. */
function tokenIn(text: string, depth: number): Detection['token'] | undefined {
  for (const { name, hint, pattern, half } of tokenFormats) {
    if (!text.includes(hint)) continue;
    const match = pattern.exec(text)?.[0];
    // Documentation has keys such as `AKIAIOSFODNN7EXAMPLE`, and `ghp_xxxxxxxx`.
    if (match && !/EXAMPLE|(.)\1{7}/.test(match)) return { name, half: half === true };
  }
  const decoded = depth < 2 ? decode(text) : undefined;
  return decoded === undefined ? undefined : tokenIn(decoded, depth + 1);
}

const base64 = /^[A-Za-z0-9+/]{20,}={0,2}$/;

function decode(text: string): string | undefined {
  const packed = text.includes('\n') ? text.replaceAll(/\r?\n/g, '') : text.trim();
  if (packed.length % 4 !== 0 || !base64.test(packed)) return undefined;
  const decoded = Buffer.from(packed, 'base64').toString('latin1');
  // What decodes to anything but text was never encoded from a token.
  return /^[\t\n\r\x20-\x7e\x80-\xff]*$/.test(decoded) ? decoded : undefined;
}

/** Scripts build URLs from parts, and what looks like a password there is a variable's name. */
export function isScript(text: string): boolean {
  return /^\s*#!/.test(text) || /^\s*set -[a-z]*e/m.test(text.slice(0, 2000));
}
