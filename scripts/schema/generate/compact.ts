/**
 * ajv's code with less text for the same decisions: how errors are collected moves into
 * functions of `checks`, and parameters that no check reads go. Throws when the code is
 * not of the expected shape, so that another ajv version cannot slip through.
 */
export function compact(code: string): string {
  const schemas = new Map<string, unknown>();
  for (const [, name = '', json = ''] of code.matchAll(/^const (schema\d+) = (.*);$/gm)) {
    schemas.set(name, JSON.parse(json));
  }
  const result = code
    .replace(failure, (_, _name, path, keyword, params) => {
      const detail = String(params)
        .replace(schemaPart, (_, name, steps) => JSON.stringify(partOf(schemas.get(name), steps)))
        .replace('["object","null"]', 'checks.object')
        .replace('["string","null"]', 'checks.string');
      return `vErrors = checks.fail(vErrors,${path ?? 'instancePath'},"${keyword}",{${detail}});\nerrors++;`;
    })
    .replace(
      /vErrors = vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\);/g,
      'vErrors = checks.join(vErrors,$1.errors);',
    )
    .replace(/,parentData:\w+,parentDataProperty:(?:"(?:[^"\\]|\\.)*"|\w+),rootData\}/g, '}')
    .replaceAll(
      '{instancePath="", parentData, parentDataProperty, rootData=data}={}',
      '{instancePath=""}={}',
    )
    // Formats of numbers are objects to ajv, and functions in `checks`.
    .replace(/(formats\d+)\.validate\(/g, '$1(')
    .replace(/\b(pattern\d+)\.test\(/g, 'checks.matches($1,')
    .replaceAll('require("ajv/dist/runtime/ucs2length").default', 'checks.length')
    .replace(/^const schema\d+ = .*;\n/gm, '');
  const left = /schemaPath|parentData|schema\d+|require\(/.exec(result);
  if (left)
    throw new Error(`ajv's code has changed: ${result.slice(left.index - 100, left.index + 100)}`);
  return result;
}

const failure =
  /const (err\d+) = \{instancePath(?::(.*?))?,schemaPath:"(?:[^"\\]|\\.)*",keyword:"(\w+)",params:\{(.*)\}\};\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\nerrors\+\+;/g;

const schemaPart = /\b(schema\d+)((?:\.\w+|\["[^"]*"\])*)/g;

function partOf(schema: unknown, steps: string): unknown {
  let part = schema;
  for (const [, plain, quoted] of steps.matchAll(/\.(\w+)|\["([^"]*)"\]/g)) {
    part = (part as Record<string, unknown>)[plain ?? (quoted as string)];
  }
  return part;
}
