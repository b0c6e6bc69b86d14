import { describe, expect, test } from 'vitest';
import { toSource } from '../../scripts/discover/sources.ts';
import { validate } from '../../scripts/pipeline.ts';
import { makeRepository } from '../repository.ts';
import { isInstalled, newest, rawVerdicts } from './raw-kubeconform.ts';

/** Scalars that parsers of YAML disagree about; kubeconform reads them as the API server does. */
const scalars = [
  'yes Yes YES yEs y Y n N no on off On oN true TRUE tRUE null Null ~ nULL = <<',
  '0644 0o644 0O7 0x1F 0X1f 0b101 0B1 08 09 0x 0b 0o8 -0644 +0644 -0x1f 00 0b2 0o 0x1_0 0_7 0_',
  '1_000 1__0 _1 1_ 5_.5 ._5 685.230_15e+03 1,000 12:30:45 190:20:30 2024-01-01',
  '2024-01-01T00:00:00Z 1e3 1E3 1e400 -1e400 .5 5. . +1 -0 +0.0 3.0 1.5 1e 1e+3 1e-3 .5e1',
  '.inf -.inf .Inf +.inf .NaN .nan NaN infinity -- "5" !!str+5 !!float+5 !!bool+yes',
  '9223372036854775807 -9223372036854775808 4294967296 2147483648',
].flatMap((line) => line.split(' ').map((scalar) => scalar.replace(/^(!!\w+)\+/, '$1 ')));

const forms: Readonly<Record<string, (scalar: string) => string>> = {
  text: (scalar) => `data:\n  a: ${scalar}\n`,
  'text in a flow': (scalar) => `data: {a: ${scalar}}\n`,
  key: (scalar) => `data:\n  ${scalar}: a\n`,
  boolean: (scalar) => `immutable: ${scalar}\n`,
  integer: (scalar) => `metadata:\n  generation: ${scalar}\n`,
  'integer in a flow': (scalar) => `metadata: {generation: ${scalar}}\n`,
};

describe.runIf(isInstalled)('kubeconform', () => {
  test.for(Object.keys(forms))(
    'reads odd scalars as we do, as %s',
    { timeout: 120_000 },
    async (form) => {
      const texts = scalars.map(
        (scalar) => `apiVersion: v1\nkind: ConfigMap\n${forms[form]?.(scalar) ?? ''}`,
      );
      const files = Object.fromEntries(texts.map((text, index) => [`${index}.yaml`, text]));
      const theirs = await rawVerdicts(makeRepository(files), Object.keys(files));
      const root = makeRepository({});
      const different: string[] = [];
      for (const [index, scalar] of scalars.entries()) {
        const file = `${index}.yaml`;
        const { findings } = await validate({
          root,
          given: [toSource(file, texts[index] ?? '')],
          kubernetesVersion: newest,
          selectRule: ({ id }) => id.startsWith('yaml/') || id === 'schema/valid',
        });
        const ours = findings.length > 0 ? 'refused' : 'accepted';
        if (ours !== theirs.get(file)) {
          different.push(`${scalar}: ${ours}, and ${theirs.get(file)} by kubeconform`);
        }
      }
      expect(different).toEqual([]);
    },
  );
});
