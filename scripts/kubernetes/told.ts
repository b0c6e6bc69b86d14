import type { Manifest, Problem } from '../model.ts';
import type { Fault } from './faults.ts';

/** More would help nobody, and a hostile object may have any number. */
const most = 100;

/**
 * Faults of a manifest as problems. Those whose message shows a `${variable}` are left
 * out: Flux substitutes it before the API server sees the value.
 */
export function* told(manifest: Manifest, faults: Iterable<Fault>): Generator<Problem> {
  let count = 0;
  for (const fault of faults) {
    if (fault.message.includes('${')) continue;
    yield { manifest, ...fault };
    count += 1;
    if (count === most) return;
  }
}
