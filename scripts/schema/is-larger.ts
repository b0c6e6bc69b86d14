/**
 * Whether a value holds more values than `most`, what is named twice counted twice: anchors
 * make a short text a value without end.
 */
export function isLarger(value: unknown, most: number): boolean {
  const waiting: unknown[] = [value];
  for (let seen = 1; waiting.length > 0; seen += 1) {
    if (seen + waiting.length > most) return true;
    const one = waiting.pop();
    if (typeof one === 'object' && one !== null)
      for (const part of Object.values(one)) waiting.push(part);
  }
  return false;
}
