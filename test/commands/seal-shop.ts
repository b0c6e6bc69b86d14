import type { KeyObject } from 'node:crypto';
import type { Terminal } from '../../scripts/commands/command.ts';
import { main } from '../../scripts/commands/main.ts';
import { makeRepository } from '../repository.ts';
import { makeCertificate } from '../secrets/make-certificate.ts';

const inAYear = new Date(Date.now() + 365 * 24 * 3600 * 1000);
const made = makeCertificate(inAYear);
/** The certificate of the cluster, and what opens its values. */
const pem: string = made.pem;
export const privateKey: KeyObject = made.privateKey;
/** What is sealed for. */
export const overlay: string = 'overlays/prod/web';
/** Where it is written unless told otherwise. */
export const file: string = `${overlay}/sealed-secret.yaml`;

/** A repository with one overlay, in which nothing is sealed yet. */
export function makeShop(extra: Readonly<Record<string, string>> = {}): string {
  return makeRepository({
    'clusters/prod/cluster.yaml': 'name: prod\nenvironment: prod\n',
    'clusters/prod/sealed-secrets.pem': pem,
    'clusters/prod/flux/apps.yaml': [
      'apiVersion: kustomize.toolkit.fluxcd.io/v1',
      'kind: Kustomization',
      'metadata: {name: web, namespace: flux-system}',
      `spec: {path: ./${overlay}, sourceRef: {kind: GitRepository, name: flux-system}}`,
      '',
    ].join('\n'),
    [`${overlay}/kustomization.yaml`]: 'namespace: shop\nresources:\n  - service-account.yaml\n',
    [`${overlay}/service-account.yaml`]:
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n',
    ...extra,
  });
}

/** Runs the command with a value on standard input. */
export async function seal(
  cwd: string,
  input: Uint8Array | string,
  ...args: string[]
): Promise<{ readonly code: number; readonly text: string; readonly warned: string }> {
  const out = { text: '', warned: '' };
  const bytes = Buffer.from(input);
  const terminal: Terminal = {
    cwd,
    colour: false,
    columns: 80,
    print(text) {
      out.text += text;
    },
    warn(text) {
      out.warned += text;
    },
    progress: () => {},
    readInput: async () => bytes.toString(),
    readBytes: async () => bytes,
  };
  const code = await main(['seal', overlay, '--cwd', cwd, '--name', 'web', ...args], terminal);
  return { code, ...out };
}
