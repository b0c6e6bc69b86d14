import { textAt } from '../../scripts/kubernetes/fields.ts';
import { describe as nameOf } from '../../scripts/kubernetes/manifests.ts';
import { containersOf } from '../../scripts/kubernetes/workloads.ts';
import type { Manifest } from '../../scripts/model.ts';
import { all, type Check, everywhere, type Row, type System } from './system.ts';

function images(system: System, isPinned: (image: string) => boolean): string[] {
  return system.manifests.flatMap((manifest) =>
    [...containersOf(manifest)]
      .map(({ image }) => String(image))
      .filter((image) => !isPinned(image))
      .map((image) => `${nameOf(manifest)} runs ${image}`),
  );
}

const digest = /@sha256:[0-9a-f]{64}$/;

const notPlain: Check = (system) =>
  all(system, 'Secret').map((secret) => `${nameOf(secret)} is in plain text`);

/** What guides write where a value belongs, and what nobody may deploy. */
const placeholder =
  /CHANGE[-_]?ME\b|REPLACE[-_]?ME\b|\bsk-x|:pass@|your-registry|\bTODO\b|\bFIXME\b|\bchangeit\b|<[a-z_-]*(?:key|password|secret|token)[a-z_-]*>/i;

const finished: Check = (system) =>
  system.manifests.flatMap((manifest) =>
    [...texts(manifest.data)]
      .filter((text) => placeholder.test(text))
      .map((text) => `${nameOf(manifest)} has the placeholder ${placeholder.exec(text)?.[0]}`),
  );

function* texts(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, one] of Object.entries(value)) if (key !== 'encryptedData') yield* texts(one);
}

const namespaces: Readonly<Record<string, string>> = {
  'ai-assistant': 'ai-assistant',
  'grading-system': 'grading-system',
  'pdf-processor': 'pdf-processing',
  'suoke-life': 'suoke-life',
};

const inItsNamespace: Check = ({ name, manifests }) => {
  const own = namespaces[name];
  const isWhole = ({ kind }: Manifest) => ['Namespace', 'CustomResourceDefinition'].includes(kind);
  return [
    ...(manifests.some((one) => one.kind === 'Namespace' && one.name === own)
      ? []
      : [`namespace ${own} is missing`]),
    ...manifests
      .filter((one) => !isWhole(one) && one.namespace !== own)
      .map((one) => `${nameOf(one)} is not in ${own}`),
  ];
};

const labelled: Check = (system) =>
  all(system, 'Namespace')
    .filter(
      ({ data }) => textAt(data, ['metadata', 'labels', 'environment']) !== system.environment,
    )
    .map((namespace) => `${nameOf(namespace)} does not say that it is in ${system.environment}`);

/** What holds of the names, images and texts of all systems. */
export const generalTextRows: readonly Row[] = [
  { says: 'no Secret in plain text', environments: everywhere, check: notPlain },
  { says: 'no placeholder', environments: everywhere, check: finished },
  { says: 'the environment on the namespace', environments: everywhere, check: labelled },
  {
    says: 'images with a tag or digest',
    environments: everywhere,
    check: (system) =>
      images(system, (image) => digest.test(image) || /:[^:/]*\d[^:/]*$/.test(image)),
  },
  { says: 'images by digest', check: (system) => images(system, (image) => digest.test(image)) },
  { says: 'namespace', environments: everywhere, check: inItsNamespace },
];
