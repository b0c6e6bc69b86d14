/**
 * The bytes of standard base64 as Go decodes it: padding is needed, and only line breaks
 * may stand between. Undefined for anything else, which `Buffer.from` would let pass.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const packed = text.includes('\n') ? text.replaceAll(/[\r\n]/g, '') : text;
  const body = packed.replace(/={1,2}$/, '');
  const isStandard = packed.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(body);
  return isStandard ? Buffer.from(packed, 'base64') : undefined;
}
