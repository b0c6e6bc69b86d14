import type { FieldPath } from '../../model.ts';
import { type Fault, type Fields, fieldsOf, isBlank, items, quoted } from '../faults.ts';
import { selectorFaults } from '../label-selectors.ts';
import { dnsSubdomain, named } from '../names.ts';
import { parseQuantity } from '../quantity.ts';

/** The spec of a PersistentVolumeClaim: ValidatePersistentVolumeClaimSpec of pkg/apis/core/validation. */
export function* claimFaults(spec: Fields, path: FieldPath): Generator<Fault> {
  const { accessModes, storageClassName } = spec;
  const modes = Array.isArray(accessModes) ? accessModes : [];
  if (modes.length === 0) {
    const fix = 'Set `accessModes`, for example to [ReadWriteOnce].';
    yield { path, message: 'a claim has no accessModes', fix };
  }
  if (modes.length > 1 && modes.includes('ReadWriteOncePod')) {
    const message = 'accessModes has ReadWriteOncePod together with others';
    yield { path: [...path, 'accessModes'], message };
  }
  const { requests } = fieldsOf(spec.resources);
  const value = fieldsOf(requests).storage;
  const at = [...path, 'resources', 'requests', 'storage'];
  const amount = parseQuantity(value);
  if (isBlank(value)) yield { path, message: 'a claim requests no storage' };
  else if (amount !== undefined && amount <= 0n) {
    yield { path: at, message: `storage ${quoted(value)} is not above 0` };
  }
  if (!isBlank(storageClassName)) {
    yield* named('storageClassName', storageClassName, [...path, 'storageClassName'], dnsSubdomain);
  }
  yield* selectorFaults(spec.selector, [...path, 'selector']);
}

/** The claims that a StatefulSet makes for its pods. */
export function* claimTemplateFaults(spec: Fields): Generator<Fault> {
  for (const [claim, path] of items(spec.volumeClaimTemplates, ['spec', 'volumeClaimTemplates'])) {
    yield* claimFaults(fieldsOf(claim.spec), [...path, 'spec']);
  }
}

/** A PersistentVolume: ValidatePersistentVolumeSpec of pkg/apis/core/validation. */
export function* volumeFaults(data: Fields): Generator<Fault> {
  const spec = fieldsOf(data.spec);
  const { storage } = fieldsOf(spec.capacity);
  const path = ['spec', 'capacity', 'storage'];
  const amount = parseQuantity(storage);
  if (isBlank(storage)) yield { path: ['spec'], message: 'a volume has no storage capacity' };
  else if (amount !== undefined && amount <= 0n) {
    yield { path, message: `storage ${quoted(storage)} is not above 0` };
  }
  if (!Array.isArray(spec.accessModes) || spec.accessModes.length === 0) {
    yield { path: ['spec'], message: 'a volume has no accessModes' };
  }
}
