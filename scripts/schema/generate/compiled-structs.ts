import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import type { EnumValue, Schema } from './definitions.ts';

/** What a compiled validator says about one value. Names in `same` are further structs it follows. */
export interface Struct {
  schema: Schema;
  same: string[];
  fields: Record<string, Struct>;
  items?: Struct;
  values?: Struct;
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

interface Scope {
  /** The struct's full name, and the function that checks it: it may call itself. */
  readonly self: string;
  readonly main: string;
  readonly imports: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, Node>;
  readonly functions: ReadonlyMap<string, Node>;
}

/**
 * The schema that a compiled validator of the kubernetes-models family was made from.
 * The code is parsed, never run. Throws when it has a shape that is not known.
 */
export function compiledStruct(file: string): Struct {
  const scope = scopeOf(
    basename(file, '.js'),
    parseAst(readFileSync(file, 'utf8')) as unknown as Node,
  );
  return structOf(scope.main, scope, true);
}

function scopeOf(self: string, program: Node): Scope {
  const imports = new Map<string, string>();
  const values = new Map<string, Node>();
  const functions = new Map<string, Node>();
  for (const statement of program.body as Node[]) {
    const one = (statement.declaration as Node | null | undefined) ?? statement;
    if (one.type === 'ImportDeclaration') {
      const from = ((one.source as Node).value as string).replace(/^.*\/|\.js$/g, '');
      for (const specifier of one.specifiers as Node[]) {
        imports.set((specifier.local as Node).name as string, from);
      }
    } else if (one.type === 'FunctionDeclaration') {
      functions.set((one.id as Node).name as string, one);
    } else if (one.type === 'VariableDeclaration') {
      for (const each of one.declarations as Node[]) {
        values.set((each.id as Node).name as string, each.init as Node);
      }
    }
  }
  const main = values.get('validate')?.name as string | undefined;
  if (!main) throw new Error(`${self} exports no validator`);
  return { self, main, imports, values, functions };
}

function structOf(name: string, scope: Scope, isWhole = false): Struct {
  const struct = emptyStruct();
  if (name === scope.main && !isWhole) return { ...struct, same: [scope.self] };
  const alias = scope.values.get(name);
  if (alias?.type === 'Identifier') return structOf(alias.name as string, scope);
  const code = scope.functions.get(name);
  const from = scope.imports.get(name);
  if (from) struct.same.push(from);
  else if (!code) throw new Error(`no function ${name}`);
  for (const node of nodesOf(code)) {
    if (node.type === 'ObjectExpression' && entriesOf(node).has('schemaPath')) {
      addConstraint(partAt(struct, node).schema, node, scope);
    }
    if (node.type !== 'CallExpression' || (node.callee as Node).type !== 'Identifier') continue;
    const callee = (node.callee as Node).name as string;
    if (!/^validate\d+$|_validate$/.test(callee)) continue;
    const other = structOf(callee, scope);
    const { schema, same, fields, ...rest } = other;
    const part = partAt(struct, (node.arguments as Node[])[1] as Node);
    part.same.push(...same);
    Object.assign(part.schema, schema);
    Object.assign(part.fields, fields);
    Object.assign(part, rest);
  }
  return struct;
}

function emptyStruct(): Struct {
  return { schema: {}, same: [], fields: {} };
}

/** The part of a value that a piece of code is about, by the path it hands on or reports. */
function partAt(struct: Struct, context: Node): Struct {
  return follow(entriesOf(context).get('instancePath') as Node);

  function follow(path: Node): Struct {
    if (path.type !== 'BinaryExpression') return struct;
    const parent = follow(path.left as Node);
    const step = path.right as Node;
    if (step.type === 'Literal') {
      const name = (step.value as string).replace(/^\/|\/$/g, '');
      if (name === '') return parent;
      const field = name.replaceAll('~1', '/').replaceAll('~0', '~');
      parent.fields[field] ??= emptyStruct();
      return parent.fields[field];
    }
    if (step.type === 'Identifier') {
      parent.items ??= emptyStruct();
      return parent.items;
    }
    parent.values ??= emptyStruct();
    return parent.values;
  }
}

function addConstraint(schema: Schema, error: Node, scope: Scope): void {
  const entries = entriesOf(error);
  const keyword = (entries.get('keyword') as Node).value as string;
  const params = entriesOf(entries.get('params') as Node);
  const param = (name: string): unknown => (params.get(name) as Node | undefined)?.value;
  switch (keyword) {
    case 'required':
      schema.required = [...(schema.required ?? []), param('missingProperty') as string].sort();
      return;
    case 'enum': {
      const list = scope.values.get((params.get('allowedValues') as Node).name as string) as Node;
      schema.enum = (list.elements as Node[]).map((one) => one.value as EnumValue);
      return;
    }
    case 'type':
    case 'format':
    case 'pattern':
      schema[keyword] = param(keyword) as string;
      return;
    default:
      // Which of several alternatives holds is told by the struct's name, see `structs.ts`.
      if (keyword === 'oneOf') return;
      if (!/^(min|max)/.test(keyword)) throw new Error(`keyword ${keyword} is not known`);
      Object.assign(schema, { [keyword]: param('limit') });
  }
}

function entriesOf(object: Node): Map<string, Node> {
  const properties = object.properties as Node[];
  return new Map(
    properties
      .filter(({ type }) => type === 'Property')
      .map(({ key, value }) => [String((key as Node).name ?? (key as Node).value), value as Node]),
  );
}

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesOf(one);
  else if (value && typeof value === 'object') {
    if ('type' in value) yield value as Node;
    for (const one of Object.values(value)) yield* nodesOf(one);
  }
}
