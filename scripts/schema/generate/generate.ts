import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'rolldown/utils';
import { agreement } from './agreement.ts';
import { clientNodeKinds } from './client-node-kinds.ts';
import { clientNodeModels, clientNodeVersion } from './client-node-models.ts';
import { crdSources } from './crd-sources.ts';
import { crdsOf } from './crds.ts';
import { builtInFiles, compiledFiles, crdFiles } from './files.ts';
import { overlay } from './overlay.ts';
import { strict } from './strict.ts';
import { structsOf } from './structs.ts';
import { replaceFolder } from './write.ts';

/** `@kubernetes/client-node` is on npm for these minors only. */
const minors: readonly string[] = ['1.32', '1.33', '1.34', '1.36'];

/** The minor that `kubernetes-models` was generated from. */
const modelsMinor = '1.36';

/** Writes everything in `schemas/` that is generated, from the packages in `sources`. */
export function generate(sources: string, schemas: string): void {
  const packages = join(sources, 'node_modules');
  const { definitions: structs } = structsOf(
    ['@kubernetes-models/apimachinery', 'kubernetes-models'].map((name) => join(packages, name)),
  );
  const compiled = new Map<string, string>();
  const provenance: Record<string, unknown> = {};
  for (const minor of minors) {
    const name = `client-node-${minor}`;
    const folder = join(packages, name);
    if (clientNodeVersion(folder) !== minor) throw new Error(`${folder} is not of ${minor}`);
    const models = clientNodeModels(folder);
    const kinds = clientNodeKinds(folder, models);
    const definitions = strict(overlay(models, structs), 'decoded');
    replaceFolder(join(schemas, `v${minor}.0-standalone-strict`), builtInFiles(definitions, kinds));
    for (const [file, code] of compiledFiles(definitions, kinds)) {
      compiled.set(`${minor}/${file}`, code);
    }
    const counts = { kinds: kinds.length, definitions: Object.keys(definitions).length };
    const upstream = `Kubernetes ${minor}`;
    const agrees = minor === modelsMinor ? { agreement: agreement(models, structs) } : {};
    provenance[versionOf(sources, name)] = { upstream, ...counts, ...agrees };
  }
  provenance[versionOf(sources, 'kubernetes-models')] = { upstream: `Kubernetes ${modelsMinor}` };

  const { definitions, kinds, packageOf } = crdsOf(packages);
  const checked = strict(definitions, 'validated');
  const files = crdFiles(checked, kinds);
  const upstreams: Record<string, string> = {};
  for (const { package: name, upstream } of crdSources) {
    const own = kinds.filter((kind) => packageOf.get(kind) === name);
    for (const { group, kind } of own) upstreams[`${group}/${kind}`] = upstream;
    const groups = [...new Set(own.map(({ group }) => group))].sort();
    provenance[versionOf(sources, `@kubernetes-models/${name}`)] = { upstream, groups };
  }
  files.set('_upstreams.json', JSON.stringify(upstreams, null, 2));
  replaceFolder(join(schemas, 'crds'), files);
  for (const [file, code] of compiledFiles(checked, kinds)) compiled.set(`crds/${file}`, code);
  const checks = readFileSync(join(import.meta.dirname, '../checks.ts'), 'utf8');
  compiled.set('checks.js', transformSync('checks.ts', checks).code);
  compiled.set('provenance.json', JSON.stringify(provenance, null, 2));
  replaceFolder(join(schemas, 'compiled'), compiled);
}

/** The exact package behind a dependency, as `name@version`. */
function versionOf(sources: string, name: string): string {
  const text = readFileSync(join(sources, 'node_modules', name, 'package.json'), 'utf8');
  const found = JSON.parse(text) as { name: string; version: string };
  return `${found.name}@${found.version}`;
}
