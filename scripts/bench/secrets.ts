import { globSync, readFileSync } from 'node:fs';
import { manifestsOf } from '../kubernetes/manifests.ts';
import { readYaml } from '../kubernetes/yaml.ts';
import { rulesFor } from '../rules/registry.ts';

/**
 * Times the rules about secrets that look at one manifest, over every YAML file below the
 * folders that are named, each time with an empty memory: `node scripts/bench/secrets.ts .`
 */
const folders =
  process.argv.length > 2 ? process.argv.slice(2) : ['base', 'overlays', 'test/rules'];
const texts = folders.flatMap((folder) =>
  globSync(`${folder}/**/*.yaml`, { exclude: ['**/node_modules/**'] }).map((file) =>
    readFileSync(file, 'utf8'),
  ),
);
const read = texts.map((text) => ({ text, documents: readYaml(text, '').documents }));
const bytes = read.reduce((sum, { text }) => sum + text.length, 0);
const groups = /^(secrets|sops|external-secrets|sealed-secrets|references)\//;
const speeds: number[] = [];
for (let round = 0; round < 9; round++) {
  const manifests = read.flatMap(({ documents }) => manifestsOf(documents, {}));
  const none = () => [];
  const rules = rulesFor({
    schemas: none,
    crdRules: none,
    deprecations: none,
    kubernetesVersions: [],
    scopeOf: () => undefined,
  });
  const started = performance.now();
  let problems = 0;
  for (const rule of rules) {
    if (rule.scope !== 'manifest' || !groups.test(rule.id)) continue;
    for (const manifest of manifests) problems += [...rule.check(manifest)].length;
  }
  speeds.push(bytes / 1000 / (performance.now() - started));
  if (round === 0) console.log(`${manifests.length} manifests, ${problems} problems`);
}
const median = speeds.toSorted((a, b) => a - b)[Math.floor(speeds.length / 2)] ?? 0;
console.log(`${(bytes / 1e6).toFixed(1)} MB of YAML at ${median.toFixed(1)} MB/s (median of 9)`);
