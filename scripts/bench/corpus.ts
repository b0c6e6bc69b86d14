import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupOf } from '../kubernetes/manifests.ts';
import { readYaml } from '../kubernetes/yaml.ts';

const resources = 10_000;
const perFile = 100;

/**
 * Writes 10,000 rendered resources: those of a render, over and over. Kinds whose only
 * schema is a CRD among them are left out, for the other side has no schema for those.
 */
export function writeCorpus(folder: string, rendered: string): void {
  const texts = rendered.split(/^---\n/m).map((text) => text.replaceAll(/^#.*\n/gm, ''));
  const all = texts.flatMap((text) => {
    const [data] = readYaml(text, 'rendered').documents as Fields[];
    return data ? [{ text, data }] : [];
  });
  const own = new Set(
    all
      .filter(({ data }) => data.kind === 'CustomResourceDefinition')
      .map(({ data }) => (data.spec as Fields).group),
  );
  const usable = all.filter(({ data }) => !own.has(groupOf(String(data.apiVersion))));
  mkdirSync(folder, { recursive: true });
  for (let start = 0; start < resources; start += perFile) {
    const part = Array.from(
      { length: perFile },
      (_, index) => usable[(start + index) % usable.length]?.text,
    );
    writeFileSync(join(folder, `part-${start}.yaml`), part.join('---\n'));
  }
}

type Fields = Readonly<Record<string, unknown>>;
