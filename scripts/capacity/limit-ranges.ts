import { type Fields, fieldsOf, items } from '../kubernetes/faults.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { type Amounts, amountsOf } from './amounts.ts';

/** One entry of a LimitRange, with the defaults that the API server adds to it. */
export interface Limit {
  readonly type: string;
  readonly range: Manifest;
  readonly min: Amounts;
  readonly max: Amounts;
  readonly ratio: Amounts;
  readonly defaults: Amounts;
  readonly defaultRequests: Amounts;
  /** Its amounts as written, for messages. */
  readonly written: Fields;
}

/** What a container asks for once the API server has filled in what it leaves out. */
export interface Requirements {
  readonly requests: Amounts;
  readonly limits: Amounts;
  /** Resources whose limit comes from a LimitRange, with the entry that gives it. */
  readonly given: ReadonlyMap<string, Limit>;
}

/** The limits of a namespace's LimitRanges, in the order in which admission lists them. */
export function limitsOf(manifests: readonly Manifest[]): readonly Limit[] {
  return manifests
    .filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'LimitRange')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((range) =>
      items(fieldsOf(range.data.spec).limits, []).map(([written]) => limitOf(written, range)),
    );
}

/** SetDefaults_LimitRangeItem of pkg/apis/core/v1/defaults.go. */
function limitOf(written: Fields, range: Manifest): Limit {
  const min = amountsOf(written.min);
  const max = amountsOf(written.max);
  const isContainer = written.type === 'Container';
  const defaults = filled(amountsOf(written.default), isContainer ? max : none);
  const requests = filled(amountsOf(written.defaultRequest), isContainer ? defaults : none);
  return {
    type: String(written.type),
    range,
    min,
    max,
    ratio: amountsOf(written.maxLimitRequestRatio),
    defaults,
    defaultRequests: filled(requests, isContainer ? min : none),
    written,
  };
}

const none: Amounts = new Map();

/** The first, and of the second what the first lacks. */
function filled(amounts: Amounts, others: Amounts): Map<string, bigint> {
  return new Map([...others, ...amounts]);
}

/**
 * A container's requests and limits as admission sees them: requests left out are the
 * limits, then the LimitRanger plugin adds its defaults.
 */
export function requirementsOf(container: Fields, limits: readonly Limit[]): Requirements {
  const { requests: asked, limits: capped } = fieldsOf(container.resources);
  const ownLimits = amountsOf(capped);
  let all: Amounts = ownLimits;
  let requests: Amounts = filled(amountsOf(asked), ownLimits);
  const given = new Map<string, Limit>();
  for (const limit of limits) {
    if (limit.type !== 'Container') continue;
    for (const name of limit.defaults.keys()) if (!all.has(name)) given.set(name, limit);
    requests = filled(requests, limit.defaultRequests);
    all = filled(all, limit.defaults);
  }
  return { requests, limits: all, given };
}

/** Where the amounts of a container stand, or the container where it has none. */
export function resourcesPath(container: Fields, path: FieldPath): FieldPath {
  return container.resources === undefined ? path : [...path, 'resources'];
}
