import { whole } from '../kubernetes/quantity.ts';

const units = [
  ['Ei', 60n],
  ['Pi', 50n],
  ['Ti', 40n],
  ['Gi', 30n],
  ['Mi', 20n],
  ['Ki', 10n],
] as const;

/**
 * An amount for people: CPU and counts as decimals (`1.65`), bytes in the largest unit that
 * it has at least one of, with at most two decimals (`10.25Gi`).
 *
 * @param name of the resource, which tells whether it is bytes
 */
export function amountText(name: string, amount: bigint): string {
  if (!isBytes(name)) return decimal(amount, whole, 3);
  const unit = units.find(([, bits]) => amount >= whole << bits);
  return unit ? `${decimal(amount, whole << unit[1], 2)}${unit[0]}` : decimal(amount, whole, 0);
}

/** Whether a resource, named as in a container or a quota, is counted in bytes. */
function isBytes(name: string): boolean {
  return /(?:^|[./])(?:memory|storage|ephemeral-storage|hugepages-[^/]*)$/.test(name);
}

/** Rounded up, as amounts of quotas are: what is shown is never less than what is used. */
function decimal(amount: bigint, unit: bigint, digits: number): string {
  const scale = 10n ** BigInt(digits);
  const scaled = (amount * scale + unit - 1n) / unit;
  const fraction = String(scaled % scale)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return fraction === '' || digits === 0 ? String(scaled / scale) : `${scaled / scale}.${fraction}`;
}
