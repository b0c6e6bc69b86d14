/** A path as both engines read it: a leading `./` or `/` and a slash at the end mean nothing. */
export function toFolder(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
