import { join } from 'node:path';
import { execa } from 'execa';
import { kubernetesVersions, schemasFolder } from '../../scripts/schema/catalogue.ts';
import { howToGetKubeconform } from '../../scripts/schema/kubeconform.ts';

export type Verdict = 'accepted' | 'refused' | 'no schema';

/** The Kubernetes version of which files are judged as they stand. */
export const newest: string = kubernetesVersions.at(-1) as string;

const program = process.env.PRESYNC_KUBECONFORM || 'kubeconform';

/** Whether there is a kubeconform to compare with; CI installs it where there is Go. */
export const isInstalled: boolean =
  (await execa(program, ['-v'], { reject: false })).exitCode === 0;
if (!isInstalled) console.warn(`no kubeconform here to compare with: ${howToGetKubeconform}`);

/** The verdict of kubeconform on files as they stand. */
export async function rawVerdicts(
  cwd: string,
  files: readonly string[],
): Promise<Map<string, Verdict>> {
  const locations = [
    `v${newest}.0-standalone{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json`,
    'crds/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json',
  ].flatMap((template) => ['-schema-location', join(schemasFolder, template)]);
  const flags = ['-strict', '-verbose', '-output', 'json', '-kubernetes-version', `${newest}.0`];
  const { stdout } = await execa(program, [...flags, ...locations, ...files], {
    cwd,
    reject: false,
    maxBuffer: 1024 ** 3,
  });
  const { resources } = JSON.parse(stdout) as {
    resources: { filename: string; status: string; msg: string }[];
  };
  const verdicts = new Map<string, Verdict>();
  for (const { filename, status, msg } of resources) {
    const isMissing = msg.startsWith('could not find schema');
    const isBad = status === 'statusInvalid' || (status === 'statusError' && !isMissing);
    const known = verdicts.get(filename);
    const one = isBad ? 'refused' : isMissing ? 'no schema' : 'accepted';
    if (known !== 'refused' && (known !== 'no schema' || one === 'refused')) {
      verdicts.set(filename, one);
    }
  }
  return verdicts;
}
