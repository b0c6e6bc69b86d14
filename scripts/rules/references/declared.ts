import { type ClusterIndex, clusterIndexOf, couldMeet } from '../../cluster/cluster-index.ts';
import { isRecord } from '../../kubernetes/fields.ts';
import type {
  ClusterRule,
  FieldPath,
  Manifest,
  Problem,
  ReferenceDeclaration,
} from '../../model.ts';
import { isName } from '../../secrets/reference.ts';
import { nearest } from '../../shared/nearest.ts';

/** The rule for the references that a configuration declares. */
export function declared(references: readonly ReferenceDeclaration[]): ClusterRule {
  return {
    id: 'references/declared',
    scope: 'cluster',
    severity: 'error',
    summary: 'What `references` in presync.config.ts says that a field names is there.',
    why: 'Only the controller of a custom resource knows what its fields name, and says so when it is too late.',
    fix: 'Correct the name, or add the object.',
    docs: 'https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/custom-resources/',

    *check(view) {
      const index = clusterIndexOf(view);
      if (!index.complete) return;
      const byKind = Map.groupBy(index.manifests, ({ kind }) => kind);
      for (const { from, to } of references) {
        const field = to.field ?? 'metadata.name';
        const there = (byKind.get(to.kind) ?? []).flatMap((manifest) =>
          textsAt(manifest, field).map(({ text }) => ({ manifest, text })),
        );
        for (const manifest of byKind.get(from.kind) ?? []) {
          for (const found of textsAt(manifest, from.field)) {
            const problem = judge(index, manifest, found, there, { ...to, field });
            if (problem) yield problem;
          }
        }
      }
    },
  };
}

interface Text {
  readonly text: string;
  readonly path: FieldPath;
}

function judge(
  index: ClusterIndex,
  manifest: Manifest,
  { text, path }: Text,
  there: readonly { manifest: Manifest; text: string }[],
  to: { readonly kind: string; readonly field: string },
): Problem | undefined {
  const { namespace } = manifest;
  // A variable is filled in later; what is in a namespace of others, only they know.
  if (text.includes('$') || (to.field === 'metadata.name' && !isName(text))) return undefined;
  if (namespace !== undefined && index.elsewhere.isOpen(namespace)) return undefined;
  const near = there.filter((one) => couldMeet(one.manifest.namespace, namespace));
  if (near.some((one) => one.text === text)) return undefined;
  const other = there.find((one) => one.text === text);
  const meant = nearest(
    text,
    near.map((one) => one.text),
  );
  const fix = other
    ? `There is one in namespace ${other.manifest.namespace}.`
    : meant && `Did you mean "${meant}"?`;
  const by = to.field === 'metadata.name' ? '' : ` with that ${to.field}`;
  const where = namespace ? ` in namespace ${namespace}` : '';
  return {
    manifest,
    path,
    message: `${String(path.findLast((step) => typeof step === 'string'))} names ${to.kind} "${text}", and there is none${by}${where}`,
    ...(fix && { fix }),
  };
}

/** The texts at a field such as `spec.refs[].name`. */
function textsAt({ data }: Manifest, field: string): Text[] {
  let found: { value: unknown; path: FieldPath }[] = [{ value: data, path: [] }];
  for (const step of field.replaceAll('[]', '.[]').split('.')) {
    found = found.flatMap(({ value, path }) => {
      if (step === '[]') {
        return Array.isArray(value)
          ? value.map((item, index) => ({ value: item, path: [...path, index] }))
          : [];
      }
      return isRecord(value) && Object.hasOwn(value, step)
        ? [{ value: value[step], path: [...path, step] }]
        : [];
    });
  }
  return found.flatMap(({ value, path }) =>
    typeof value === 'string' && value !== '' ? [{ text: value, path }] : [],
  );
}
