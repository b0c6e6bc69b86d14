import { landingsOf } from '../../capacity/landings.ts';
import { type Fault, type Fields, items, listed, plain, quoted } from '../../kubernetes/faults.ts';
import { isRecord, recordAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import { told } from '../../kubernetes/told.ts';
import type { ClusterRule, Manifest } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';
import { scalers } from './scalers.ts';
import { valueFaults } from './trigger-values.ts';

/** Enforces what the scalers of kedacore/keda demand of their metadata, as keda.sh/docs tells it. */
export const triggersComplete: ClusterRule = {
  id: 'scaling/triggers-complete',
  scope: 'cluster',
  severity: 'error',
  summary: 'A KEDA trigger has all that its scaler needs, in a form that it can read.',
  why: 'KEDA cannot build the scaler and never scales: the ScaledObject is not ready, and the workload stays at its minimum.',
  fix: 'Add what is missing to the metadata of the trigger, or correct the value.',
  docs: 'https://keda.sh/docs/latest/scalers/',

  *check(view) {
    for (const { manifests } of landingsOf(view)) {
      for (const manifest of manifests) {
        if (groupOf(manifest.apiVersion) !== 'keda.sh') continue;
        if (manifest.kind !== 'ScaledObject' && manifest.kind !== 'ScaledJob') continue;
        yield* told(manifest, triggersFaults(manifest, manifests));
      }
    }
  },
};

function* triggersFaults(manifest: Manifest, all: readonly Manifest[]): Generator<Fault> {
  const { data } = manifest;
  const hasFormula = Boolean(textAt(data, ['spec', 'advanced', 'scalingModifiers', 'formula']));
  for (const [trigger, at] of items(valueAt(data, ['spec', 'triggers']), ['spec', 'triggers'])) {
    const type = plain(trigger.type);
    const scaler = Object.hasOwn(scalers, type) ? scalers[type] : undefined;
    if (!scaler) continue;
    const metadata = recordAt(trigger, ['metadata']);
    const path = isRecord(trigger.metadata) ? [...at, 'metadata'] : at;
    const given = parametersOf(trigger, manifest, all);
    const has = (name: string) =>
      isSet(metadata[name]) || isSet(metadata[`${name}FromEnv`]) || (given?.has(name) ?? true);
    const wanted = [...(scaler.required ?? []), ...(hasFormula ? [] : (scaler.targets ?? []))];
    for (const one of wanted) {
      const missing =
        typeof one === 'string' ? (has(one) ? undefined : [[one]]) : lacking(one, has);
      if (missing) yield { path, ...absent(type, missing, Object.keys(metadata)) };
    }
    for (const fault of valueFaults(type, metadata, scaler)) {
      yield { ...fault, path: [...path, ...fault.path] };
    }
    if (type === 'cpu' || type === 'memory') yield* metricFaults(type, trigger, at, path);
  }
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** The groups, when none of them is there as a whole. */
function lacking(groups: readonly (readonly string[])[], has: (name: string) => boolean) {
  return groups.some((group) => group.every(has)) ? undefined : groups;
}

function absent(type: string, groups: readonly (readonly string[])[], keys: readonly string[]) {
  const names = groups.map((group) => listed(group));
  const what = names.length === 1 ? `no ${names[0]}` : `neither ${names.join(' nor ')}`;
  const [slip] = groups.flat().flatMap((name) => nearest(name, keys) ?? []);
  return {
    message: `trigger ${type} has ${what}`,
    ...(slip && { fix: `Is it what "${slip}" should say? KEDA tells upper and lower case apart.` }),
  };
}

/** What a trigger gets from its authentication; undefined when that cannot be told. */
function parametersOf(
  trigger: Fields,
  { namespace }: Manifest,
  all: readonly Manifest[],
): ReadonlySet<string> | undefined {
  const name = textAt(trigger, ['authenticationRef', 'name']);
  if (name === undefined) return new Set();
  const kind = textAt(trigger, ['authenticationRef', 'kind']) ?? 'TriggerAuthentication';
  const found = all.find(
    (one) =>
      one.kind === kind &&
      one.name === name &&
      (kind === 'ClusterTriggerAuthentication' || one.namespace === namespace),
  );
  if (!found) return undefined;
  const sources = Object.values(recordAt(found.data, ['spec']));
  const lists = sources.flatMap((one) => (isRecord(one) ? Object.values(one) : [one]));
  return new Set(
    [...sources, ...lists].flatMap((list) =>
      items(list, []).flatMap(([entry]) => textAt(entry, ['parameter']) ?? []),
    ),
  );
}

/** KEDA hands cpu and memory to the HPA, which knows two kinds of targets. */
function* metricFaults(
  type: string,
  trigger: Fields,
  at: readonly (string | number)[],
  path: readonly (string | number)[],
): Generator<Fault> {
  const metricType = trigger.metricType ?? valueAt(trigger, ['metadata', 'type']);
  const value = valueAt(trigger, ['metadata', 'value']);
  if (!isSet(metricType)) {
    const fix = 'Set `metricType` to Utilization or AverageValue.';
    yield { path: at, message: `trigger ${type} has no metricType`, fix };
  } else if (metricType !== 'Utilization' && metricType !== 'AverageValue') {
    const message = `metricType ${quoted(metricType)} is not for the trigger ${type}`;
    const fix = 'Use Utilization or AverageValue.';
    const where = trigger.metricType === undefined ? [...path, 'type'] : [...at, 'metricType'];
    yield { path: where, message, fix };
  } else if (typeof value === 'string' && value !== '' && !value.includes('${')) {
    const isRight =
      metricType === 'Utilization' ? /^\d+$/.test(value) : parseQuantity(value) !== undefined;
    const noun = metricType === 'Utilization' ? 'whole number of percent' : 'quantity';
    if (!isRight)
      yield { path: [...path, 'value'], message: `value ${quoted(value)} is no ${noun}` };
  }
}
