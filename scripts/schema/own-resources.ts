import { loadBuiltIn } from './catalogue.ts';
import { crdVersions } from './crd-checks.ts';
import { type CompiledCheck, problemsFrom, type SchemaProblem } from './problems.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * How to validate the kinds that these CustomResourceDefinitions define, by
 * `apiVersion/Kind`. Their metadata is that of every object, so a built-in kind's check
 * decides about it.
 */
export async function ownResources(
  crds: readonly Fields[],
  kubernetes: string,
): Promise<Map<string, (data: Fields) => readonly SchemaProblem[]>> {
  const anyKind = (await loadBuiltIn(kubernetes, ''))['v1/ConfigMap'] as CompiledCheck;
  const validators = new Map<string, (data: Fields) => readonly SchemaProblem[]>();
  for (const { apiVersion, kind, check } of crds.flatMap(crdVersions)) {
    validators.set(`${apiVersion}/${kind}`, (data) => {
      const own = check();
      return [
        ...problemsOf(anyKind, 'metadata' in data ? { metadata: data.metadata } : {}),
        ...(own ? problemsOf(own, data) : []),
      ];
    });
  }
  return validators;
}

function problemsOf(check: CompiledCheck, data: Fields): readonly SchemaProblem[] {
  return check(data) ? [] : problemsFrom(check.errors ?? [], data);
}
