import { type Fault, type Fields, fieldsOf, present } from '../faults.ts';
import { selectorFaults } from '../label-selectors.ts';
import { amount } from './rolling-updates.ts';

/** A PodDisruptionBudget: ValidatePodDisruptionBudgetSpec of pkg/apis/policy/validation. */
export function* disruptionBudgetFaults(data: Fields): Generator<Fault> {
  const spec = fieldsOf(data.spec);
  const set = present(spec, ['minAvailable', 'maxUnavailable']);
  if (set.length === 2) {
    const message = 'a budget has both minAvailable and maxUnavailable';
    yield { path: ['spec', 'maxUnavailable'], message, fix: 'Keep one of them.' };
  }
  for (const name of set) yield* amount(name, spec[name], ['spec'], 100);
  yield* selectorFaults(spec.selector, ['spec', 'selector']);
}
