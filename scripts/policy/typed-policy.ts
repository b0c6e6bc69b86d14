import type { Node } from '../cel/ast.ts';
import { check } from '../cel/check.ts';
import { environment } from '../cel/environment.ts';
import { locate } from '../cel/issues.ts';
import { parse } from '../cel/parse.ts';
import { dyn, structType, type Type } from '../cel/types.ts';
import { listed } from '../kubernetes/faults.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { CompiledPolicy } from './compile-policy.ts';
import { policyVariables } from './declared-types.ts';
import { specialize } from './specialize.ts';
import type { PolicySpec, ResourceRule } from './types.ts';

/** A kind as the API server has it. */
export interface KnownKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** As rules name it: `deployments`. */
  readonly plural: string;
}

/** The kinds of a Kubernetes version and what their objects look like. */
export interface KindType {
  readonly kinds: () => readonly KnownKind[];
  /** Undefined for a kind without a schema. */
  readonly typeOf: (kind: KnownKind) => Type | undefined;
}

/** What types are decided by. */
interface TypeContext {
  readonly version: string | undefined;
  readonly kindType: KindType;
}

/** An expression that cannot be right for some kinds. */
export interface TypeProblem {
  /** As problems of a compiled policy have it: `/spec/validations/0/expression`. */
  readonly path: string;
  readonly message: string;
}

/** A policy about more kinds than this is about all of them, and looks before it reads. */
const mostKinds = 20;

/**
 * Checks the expressions of a policy against the schema of every kind that its rules name, as
 * the API server does for `status.typeChecking`; branches that a kind never takes do not count.
 */
export function typeProblems(
  spec: PolicySpec,
  { problems }: Pick<CompiledPolicy, 'problems'>,
  { version, kindType }: TypeContext,
): TypeProblem[] {
  if (problems.length > 0) return [];
  const parsed = new Map<string, Node | undefined>();
  const found = new Map<string, { readonly problem: TypeProblem; readonly kinds: string[] }>();
  for (const kind of matchedKinds(spec, kindType)) {
    const type = kindType.typeOf(kind);
    if (!type) continue;
    for (const problem of problemsFor(spec, version, kind, type, parsed)) {
      const key = JSON.stringify(problem);
      const known = found.get(key) ?? { problem, kinds: [] };
      if (!known.kinds.includes(kind.kind)) known.kinds.push(kind.kind);
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ problem: { path, message }, kinds }) => ({
    path,
    message: `for ${listed(kinds)}, ${message}`,
  }));
}

function matchedKinds({ matchConstraints }: PolicySpec, { kinds }: KindType): KnownKind[] {
  const rules = matchConstraints?.resourceRules ?? [];
  if (rules.some(isOpen)) return [];
  const matched = kinds().filter((kind) => rules.some((rule) => names(rule, kind)));
  return matched.length > mostKinds ? [] : matched;
}

/** A rule with wildcards is about kinds that nobody has thought of. */
function isOpen({ apiGroups = [], apiVersions = [], resources = [] }: ResourceRule): boolean {
  return [...apiGroups, ...apiVersions, ...resources].some((one) => one.includes('*'));
}

function names(rule: ResourceRule, { apiVersion, plural }: KnownKind): boolean {
  return (
    (rule.apiGroups ?? []).includes(groupOf(apiVersion)) &&
    (rule.apiVersions ?? []).includes(apiVersion.slice(apiVersion.indexOf('/') + 1)) &&
    (rule.resources ?? []).includes(plural)
  );
}

function problemsFor(
  spec: PolicySpec,
  version: string | undefined,
  { kind, apiVersion }: KnownKind,
  type: Type,
  parsed: Map<string, Node | undefined>,
): TypeProblem[] {
  const problems: TypeProblem[] = [];
  const trees = new Map<string, Node>();
  const fields = new Map<string, Type>();
  const facts = { kind, apiVersion, type, variables: trees };
  const declared = {
    ...policyVariables(spec.paramKind !== undefined),
    object: type,
    oldObject: type,
  };
  for (const [index, { name, expression }] of (spec.variables ?? []).entries()) {
    const checked = typed(expression, `/spec/variables/${index}/expression`);
    if (checked) trees.set(name, checked.tree);
    fields.set(name, checked?.type ?? dyn);
  }
  for (const [index, validation] of (spec.validations ?? []).entries()) {
    const path = `/spec/validations/${index}`;
    const tree = typed(validation.expression, `${path}/expression`)?.tree;
    // What never refuses never says a word.
    const isHeld = tree?.kind === 'constant' && tree.value === true;
    if (validation.messageExpression !== undefined && !isHeld) {
      typed(validation.messageExpression, `${path}/messageExpression`);
    }
  }
  return problems;

  function typed(source: string, path: string) {
    if (!parsed.has(source)) parsed.set(source, parse(source).tree);
    const whole = parsed.get(source);
    if (!whole) return undefined;
    const tree = specialize(whole, facts);
    const variables = { ...declared, variables: structType('kubernetes.variables', fields) };
    const checked = check(environment(version, new Map(Object.entries(variables))), tree);
    for (const { message, line, column } of locate(source, checked.problems)) {
      const place = `line ${line}, column ${column} of the expression`;
      problems.push({ path, message: `${message} (${place})` });
    }
    return { tree, type: checked.problems.length > 0 ? dyn : (checked.types.get(tree) ?? dyn) };
  }
}
