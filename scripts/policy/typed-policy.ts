import type { Node } from '../cel/ast.ts';
import { check } from '../cel/check.ts';
import type { Program } from '../cel/compile.ts';
import { environment } from '../cel/environment.ts';
import { locate } from '../cel/issues.ts';
import { dyn, structType, type Type } from '../cel/types.ts';
import { listed } from '../kubernetes/faults.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { CompiledPolicy, PolicyExpression } from './compile-policy.ts';
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
  /** Shared by policies that have expressions in common. */
  readonly known?: TypedExpressions;
}

/** An expression as objects of one kind see it. */
interface Typed {
  readonly tree: Node;
  readonly type: Type;
  readonly messages: readonly string[];
}

/** Expressions that were typed before, by all that decides what they give. */
export type TypedExpressions = Map<string, Typed>;

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
  policy: CompiledPolicy,
  { version, kindType, known = new Map() }: TypeContext,
): TypeProblem[] {
  if (policy.problems.length > 0) return [];
  const found = new Map<string, { readonly problem: TypeProblem; readonly kinds: string[] }>();
  for (const kind of matchedKinds(spec, kindType)) {
    const type = kindType.typeOf(kind);
    if (!type) continue;
    for (const problem of problemsFor(policy, version, kind, type, known)) {
      const key = JSON.stringify(problem);
      const told = found.get(key) ?? { problem, kinds: [] };
      if (!told.kinds.includes(kind.kind)) told.kinds.push(kind.kind);
      found.set(key, told);
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
  { spec, variables, validations }: CompiledPolicy,
  version: string | undefined,
  { kind, apiVersion }: KnownKind,
  type: Type,
  known: TypedExpressions,
): TypeProblem[] {
  const problems: TypeProblem[] = [];
  const trees = new Map<string, Node>();
  const fields = new Map<string, Type>();
  // What an expression means depends on the kind and the variables before it.
  let scope = JSON.stringify([version, apiVersion, kind, spec.paramKind !== undefined]);
  const facts = { kind, apiVersion, type, variables: trees };
  const declared = {
    ...policyVariables(spec.paramKind !== undefined),
    object: type,
    oldObject: type,
  };
  for (const [index, { name, expression }] of (spec.variables ?? []).entries()) {
    const checked = typed(variables.get(name), `/spec/variables/${index}/expression`);
    if (checked) trees.set(name, checked.tree);
    fields.set(name, checked?.type ?? dyn);
    scope += JSON.stringify([name, expression]);
  }
  for (const [index, { expression, message }] of validations.entries()) {
    const path = `/spec/validations/${index}`;
    const tree = typed(expression, `${path}/expression`)?.tree;
    // What never refuses never says a word.
    const isHeld = tree?.kind === 'constant' && tree.value === true;
    if (!isHeld) typed(message, `${path}/messageExpression`);
  }
  return problems;

  function typed(expression: PolicyExpression | undefined, path: string): Typed | undefined {
    if (!expression?.program) return undefined;
    const key = JSON.stringify([scope, expression.source]);
    const found = known.get(key) ?? typeOnce(expression.program);
    known.set(key, found);
    for (const message of found.messages) problems.push({ path, message });
    return found;
  }

  function typeOnce({ source, tree: whole }: Program): Typed {
    const tree = specialize(whole, facts);
    const types = { ...declared, variables: structType('kubernetes.variables', fields) };
    const checked = check(environment(version, new Map(Object.entries(types))), tree);
    const messages = locate(source, checked.problems).map(
      ({ message, line, column }) =>
        `${message} (line ${line}, column ${column} of the expression)`,
    );
    const type = messages.length > 0 ? dyn : (checked.types.get(tree) ?? dyn);
    return { tree, type, messages };
  }
}
