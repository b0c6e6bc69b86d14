import { isRecord, listAt, recordAt, textAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, ClusterView, Manifest, Problem } from '../../model.ts';
import { contractOf } from '../../secrets/contract.ts';
import { containersIn, podSpecOf } from '../../secrets/pod-specs.ts';
import { nearest } from '../../shared/nearest.ts';

export const secretTriggerAuthentication: ClusterRule = {
  id: 'references/secret-trigger-authentication',
  scope: 'cluster',
  severity: 'error',
  summary: 'KEDA finds the TriggerAuthentication and the variables that a trigger signs in with.',
  why: 'KEDA takes an empty string for what it does not find, and the scaler never gets in.',
  fix: 'Correct the name, or add what it names in the namespace of the ScaledObject.',
  docs: 'https://keda.sh/docs/latest/concepts/authentication/',
  aliases: ['REF407'],

  *check(view) {
    const contract = contractOf(view);
    if (contract.broken) return;
    const manifests = view.rendered.flatMap((one) => one.manifests);
    const severity = contract.complete ? 'error' : 'warning';
    for (const scaler of manifests) {
      if (groupOf(scaler.apiVersion) !== 'keda.sh') continue;
      if (scaler.kind !== 'ScaledObject' && scaler.kind !== 'ScaledJob') continue;
      for (const [index, trigger] of listAt(scaler.data, ['spec', 'triggers']).entries()) {
        const problem = authentication(scaler, trigger, index, manifests);
        if (problem) yield { ...problem, severity };
        yield* variables(scaler, trigger, index, view, manifests);
      }
    }
  },
};

function authentication(
  scaler: Manifest,
  trigger: unknown,
  index: number,
  manifests: readonly Manifest[],
): Problem | undefined {
  const ref = recordAt(trigger, ['authenticationRef']);
  const name = textAt(ref, ['name']);
  const kind = textAt(ref, ['kind']) ?? 'TriggerAuthentication';
  if (!name) return undefined;
  const there = manifests.filter(
    (one) =>
      one.kind === kind &&
      groupOf(one.apiVersion) === 'keda.sh' &&
      (kind !== 'TriggerAuthentication' || sameNamespace(one, scaler)),
  );
  if (there.some((one) => one.name === name)) return undefined;
  const meant = nearest(
    name,
    there.map((one) => one.name),
  );
  return {
    manifest: scaler,
    path: ['spec', 'triggers', index, 'authenticationRef', 'name'],
    message: `trigger ${textAt(trigger, ['type']) ?? index} signs in with ${kind} ${name}, which does not exist`,
    ...(meant && { fix: `Did you mean "${meant}"?` }),
  };
}

/** `passwordFromEnv: REDIS_PASSWORD` reads the variable of the scaled container. */
function* variables(
  scaler: Manifest,
  trigger: unknown,
  index: number,
  view: ClusterView,
  manifests: readonly Manifest[],
): Generator<Problem> {
  const metadata = recordAt(trigger, ['metadata']);
  const read = Object.entries(metadata).filter(
    ([key, value]) => key.endsWith('FromEnv') && typeof value === 'string' && value !== '',
  );
  const names = read.length > 0 ? variablesOf(scaler, view, manifests) : undefined;
  if (!names) return;
  for (const [key, value] of read) {
    const name = String(value);
    if (names.has(name)) continue;
    const meant = nearest(name, names);
    yield {
      manifest: scaler,
      path: ['spec', 'triggers', index, 'metadata', key],
      message: `${key} names the variable ${name}, which the scaled container does not have`,
      ...(meant && { fix: `Did you mean "${meant}"?` }),
    };
  }
}

/** The variables of the container that KEDA looks at; undefined when not all can be told. */
function variablesOf(scaler: Manifest, view: ClusterView, manifests: readonly Manifest[]) {
  const ref = recordAt(scaler.data, ['spec', 'scaleTargetRef']);
  const kind = textAt(ref, ['kind']) ?? 'Deployment';
  const workload =
    scaler.kind === 'ScaledJob'
      ? scaler
      : manifests.find(
          (one) => one.kind === kind && one.name === ref.name && sameNamespace(one, scaler),
        );
  const pod = workload && podSpecOf(workload);
  const wanted = textAt(ref, ['envSourceContainerName']);
  const container = pod
    ? containersIn(pod).find(({ name, path }) =>
        wanted ? name === wanted : path.at(-2) === 'containers',
      )
    : undefined;
  if (!workload || !container) return undefined;
  const names = new Set(
    listAt(container.data, ['env']).flatMap((entry) => textAt(entry, ['name']) ?? []),
  );
  for (const source of listAt(container.data, ['envFrom'])) {
    const keys = keysOf(source, workload, view, manifests);
    if (!keys) return undefined;
    for (const key of keys) names.add(`${textAt(source, ['prefix']) ?? ''}${key}`);
  }
  return names;
}

/** The keys of a ConfigMap or Secret; undefined when they cannot be told. */
function keysOf(
  source: unknown,
  { namespace }: Manifest,
  view: ClusterView,
  manifests: readonly Manifest[],
): string[] | undefined {
  const config = textAt(source, ['configMapRef', 'name']);
  if (config) {
    const map = manifests.find(
      (one) => one.kind === 'ConfigMap' && one.name === config && one.namespace === namespace,
    );
    const data = map?.data.data;
    return isRecord(data) ? Object.keys(data) : undefined;
  }
  const secret = textAt(source, ['secretRef', 'name']);
  const producers = contractOf(view).producers.filter(
    (one) => one.name === secret && one.namespace === namespace,
  );
  const isOpen = producers.length === 0 || producers.some(({ open }) => open);
  return isOpen ? undefined : producers.flatMap(({ keys }) => [...keys]);
}

function sameNamespace(a: Manifest, b: Manifest): boolean {
  return a.namespace === undefined || b.namespace === undefined || a.namespace === b.namespace;
}
