import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { toSource } from '../../scripts/discover/sources.ts';
import { manifestsOf } from '../../scripts/kubernetes/manifests.ts';
import { readYaml } from '../../scripts/kubernetes/yaml.ts';
import type { Manifest } from '../../scripts/model.ts';
import { renderTexts, validate } from '../../scripts/pipeline.ts';
import { ajvJudge } from '../../scripts/schema/ajv-judge.ts';
import { kubernetesVersions } from '../../scripts/schema/catalogue.ts';
import { kubeconformJudge } from '../../scripts/schema/kubeconform-judge.ts';
import type { SchemaProblem } from '../../scripts/schema/problems.ts';
import { isSopsDocument } from '../../scripts/secrets/sops.ts';
import { makeRepository, root } from '../repository.ts';
import { mutations } from './mutations.ts';
import { isInstalled, newest, rawVerdicts, type Verdict } from './raw-kubeconform.ts';

/** What we refuse and kubeconform accepts, and why the API server is with us. */
const deviations: readonly { readonly message: RegExp; readonly reason: string }[] = [
  {
    message: /must be a number of (32|64) bits, not -?\d/,
    reason: 'Go decodes into int32 or int64, and refuses what does not fit',
  },
  {
    message: /must be a quantity such as/,
    reason: 'resource.Quantity refuses other text while it is decoded',
  },
  {
    message: /must be base64/,
    reason: 'Go decodes []byte from base64, and refuses other text',
  },
];

const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'a' },
  data: { key: 'dmFsdWU=' },
};

function verdictOf(problems: readonly SchemaProblem[] | undefined): Verdict {
  if (problems === undefined) return 'no schema';
  return problems.length > 0 ? 'refused' : 'accepted';
}

/** Both verdicts of every manifest, by the same schemas. */
async function compare(manifests: readonly Manifest[], crds: readonly Manifest[], version: string) {
  const common = { manifests, crds: crds.map(({ data }) => data), kubernetes: version, choice: {} };
  const ours = await ajvJudge(common);
  const theirs = await kubeconformJudge(common);
  return manifests.map((manifest) => ({
    manifest,
    problems: ours(manifest) ?? [],
    ours: verdictOf(ours(manifest)),
    theirs: verdictOf(theirs(manifest)),
  }));
}

describe.runIf(isInstalled)('kubeconform, by the same schemas', () => {
  let rendered: Manifest[] = [];
  let crds: Manifest[] = [];

  beforeAll(async () => {
    const texts = await renderTexts({ root, ignore: ['test', 'schemas'] });
    const streams = texts.map(({ text = '', target }) => readYaml(text, target.path).documents);
    rendered = streams.flatMap((documents) => manifestsOf(documents, {}));
    crds = rendered.filter(({ kind }) => kind === 'CustomResourceDefinition');
  }, 120_000);

  test('accepts all that this repository renders, as we do', async () => {
    expect(rendered.length).toBeGreaterThan(500);
    const verdicts = await compare(rendered, crds, '1.34');
    const told = verdicts.filter(({ ours, theirs }) => ours !== theirs || ours === 'refused');
    expect(told.map(({ manifest, ours, theirs }) => [manifest.kind, ours, theirs])).toEqual([]);
  }, 120_000);

  test('refuses nothing that we accept, and what it misses has a reason', async () => {
    const bases = [...rendered.map(({ data }) => data), secret];
    const used = new Set<unknown>();
    const counts = { mutations: 0, refused: 0, accepted: 0, beyond: 0 };
    for (const [index, version] of kubernetesVersions.entries()) {
      const mutated = mutations(bases, 700, index + 1);
      const manifests = mutated.flatMap(({ object }) => manifestsOf([object], {}));
      expect(manifests).toHaveLength(mutated.length);
      const verdicts = await compare(manifests, crds, version);
      for (const [at, { manifest, problems, ours, theirs }] of verdicts.entries()) {
        counts.mutations++;
        if (ours === theirs && ours !== 'no schema') counts[ours]++;
        if (ours === theirs) continue;
        const { change, path } = mutated[at] as (typeof mutated)[number];
        const what = `${version} ${manifest.apiVersion} ${manifest.kind}: ${change} ${path.join('.')}`;
        expect([what, ours, theirs]).toEqual([what, 'refused', 'accepted']);
        for (const { message } of problems) {
          const deviation = deviations.find((one) => one.message.test(message));
          expect(deviation, `${what}: ${message}`).toBeDefined();
          used.add(deviation);
        }
        counts.beyond++;
      }
    }
    console.info(counts);
    expect(counts.mutations).toBeGreaterThanOrEqual(2000);
    expect(counts.accepted).toBeGreaterThan(400);
    expect(counts.refused).toBeGreaterThan(1000);
    expect(deviations.filter((one) => !used.has(one))).toEqual([]);
  }, 300_000);

  test('reads every fixture as we do, file by file', async () => {
    const cwd = join(import.meta.dirname, '../rules');
    const files = globSync('**/*.yaml', { cwd }).sort();
    const theirs = await rawVerdicts(cwd, files);
    const empty = makeRepository({});
    const different: unknown[] = [];
    for (const file of files) {
      const source = toSource(file, readFileSync(join(cwd, file), 'utf8'));
      // kubeconform cannot know that SOPS's own field is gone once an engine has decrypted it.
      if (source.documents.some(isSopsDocument)) continue;
      const report = await validate({
        root: empty,
        given: [source],
        kubernetesVersion: newest,
        selectRule: ({ id }) => id.startsWith('yaml/') || id === 'schema/valid',
      });
      const { findings, notChecked } = report;
      const beyond = findings.every(({ message }) =>
        deviations.some((deviation) => deviation.message.test(message)),
      );
      const ours =
        findings.length > 0 ? 'refused' : notChecked.length > 0 ? 'no schema' : 'accepted';
      const other = theirs.get(file) ?? 'accepted';
      // Without a schema it fails too, unless it is told not to.
      const agrees = ours === other || (ours === 'refused' && other === 'no schema');
      if (agrees || (ours === 'refused' && other === 'accepted' && beyond)) continue;
      different.push([file, ours, other, findings[0]?.message]);
    }
    expect(different).toEqual([]);
  }, 300_000);
});
