import { type Compiled, compile, type Program } from '../cel/compile.ts';
import { optionalType, type Type } from '../cel/types.ts';
import type { Fields } from '../kubernetes/faults.ts';
import { isRecord, textAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';

/** A rule of `x-kubernetes-validations` that is ready to judge new objects. */
export interface NodeRule {
  readonly program: Program;
  readonly message?: Program;
  /** What is told when there is no message of its own making. */
  readonly text: string;
  /** The rule in messages about the rule itself. */
  readonly name: string;
  /** From the value that the rule is for to the field at fault. */
  readonly fieldPath: FieldPath;
}

/** What the API server refuses in a rule. */
export interface RuleFault {
  /** From the schema that has the rules. */
  readonly path: FieldPath;
  readonly message: string;
}

/** The API server takes no more of one schema that is worth its cost; a stranger's has any. */
const mostRules = 200;

/**
 * Compiles the rules of one schema. Those about a change (`oldSelf`) are only checked: nobody
 * knows here what the object was.
 *
 * @param self the type of the value that the rules judge
 */
export function nodeRules(
  schema: Fields,
  self: Type,
  version?: string,
): { readonly rules: readonly NodeRule[]; readonly faults: readonly RuleFault[] } {
  const given = schema['x-kubernetes-validations'];
  const rules: NodeRule[] = [];
  const faults: RuleFault[] = [];
  for (const [index, rule] of (Array.isArray(given) ? given : []).slice(0, mostRules).entries()) {
    const source = textAt(rule, ['rule']);
    if (!isRecord(rule) || !source?.trim()) continue;
    const program = compiled(source, 'bool', index, 'rule', rule.optionalOldSelf === true);
    const words = textAt(rule, ['messageExpression']);
    const isOptional = rule.optionalOldSelf === true;
    const message = words && compiled(words, 'string', index, 'messageExpression', isOptional);
    if (!program || (program.isTransition && !isOptional)) continue;
    const own = textAt(rule, ['message']);
    rules.push({
      program: program.program,
      ...(message && { message: message.program }),
      text: own ? own.trim() : `failed rule: ${source.trim()}`,
      name: own ? own.trim() : source.trim(),
      fieldPath: fieldPathOf(textAt(rule, ['fieldPath'])),
    });
  }
  return { rules, faults };

  function compiled(
    source: string,
    wanted: string,
    index: number,
    field: string,
    isOptional: boolean,
  ): { program: Program; isTransition: boolean } | undefined {
    const where = version === undefined ? {} : { version };
    const oldSelf = isOptional ? optionalType(self) : self;
    const alone = compile(source, { ...where, variables: { self } });
    const isTransition = asksForOldSelf(alone);
    const result = isTransition
      ? compile(source, { ...where, variables: { self, oldSelf } })
      : alone;
    const fault = faultOf(result, wanted);
    if ('program' in result && !fault) return { program: result.program, isTransition };
    const path = ['x-kubernetes-validations', index, field];
    faults.push({ path, message: `${field} does not compile: ${fault}` });
    return undefined;
  }
}

function asksForOldSelf(result: Compiled): boolean {
  if (!('issues' in result)) return false;
  return result.issues.some(({ message }) =>
    message.startsWith("undeclared reference to 'oldSelf'"),
  );
}

function faultOf(result: Compiled, wanted: string): string | undefined {
  if ('programError' in result) return result.programError;
  if ('program' in result) {
    const { type } = result.program;
    const fits = type.kind === 'dyn' || type.name === wanted;
    return fits ? undefined : `it must evaluate to a ${wanted}`;
  }
  const [first] = result.issues;
  if (!first) return 'it is no expression';
  const place = first.line > 0 ? ` (line ${first.line}, column ${first.column})` : '';
  return `${first.message.replaceAll(/\s+/g, ' ').slice(0, 300)}${place}`;
}

/** `.a.b` and `['c']`; of anything else nothing, which is the value itself. */
function fieldPathOf(text = ''): string[] {
  if (!/^(?:\.[A-Za-z_][\w-]*|\['[^'\\]+'\])+$/.test(text)) return [];
  return [...text.matchAll(/\.([A-Za-z_][\w-]*)|\['([^'\\]+)'\]/g)].map(
    ([, name, quoted]) => name ?? (quoted as string),
  );
}
