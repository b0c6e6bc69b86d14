/**
 * Why a text is no time zone that Kubernetes accepts, as a clause; undefined when it is
 * one. It wants the exact name of the IANA database, and neither "Local" nor an offset.
 */
export function timeZoneFault(zone: string): string | undefined {
  if (zone === '') return 'is empty';
  if (zone.toLowerCase() === 'local') return 'is the zone of a machine and no name';
  if (/^[+-]/.test(zone)) return 'is an offset and no name';
  if (!isKnown(zone)) return 'is in no time zone database';
  return zone.includes('/') && zone === zone.toLowerCase()
    ? 'is in lower case, and names of zones are told apart by it'
    : undefined;
}

const known = new Map<string, boolean>();

function isKnown(zone: string): boolean {
  const cached = known.get(zone);
  if (cached !== undefined) return cached;
  let isOne = true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    isOne = false;
  }
  if (known.size < 1000) known.set(zone, isOne);
  return isOne;
}
