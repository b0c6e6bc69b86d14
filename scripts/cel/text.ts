/** The number of code points in a text: what CEL counts and indexes by. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length - 1; index += 1) {
    if (text.charCodeAt(index) >= 0xd800 && text.charCodeAt(index) <= 0xdbff) {
      length -= 1;
      index += 1;
    }
  }
  return length;
}
