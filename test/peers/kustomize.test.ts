import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';
import { discover } from '../../scripts/discover/discover.ts';
import { build, findKustomize, type Kustomize } from '../../scripts/kustomize.ts';
import { makeRepository, root } from '../repository.ts';

const version = '5.8.1';
const pinned = await findKustomize();
const { targets } = discover({
  root,
  only: ['overlays'],
  ignore: [],
  clusters: [],
  given: [],
  allowed: new Set(),
});
let released: Kustomize;

beforeAll(async () => {
  const folder = makeRepository({});
  const source = `sigs.k8s.io/kustomize/kustomize/v5@v${version}`;
  const { failed, shortMessage } = await execa('go', ['install', source], {
    env: { GOBIN: folder },
    reject: false,
  });
  if (failed) {
    throw new Error(
      `this test compiles kustomize ${version} with Go, from the Go module proxy: install Go 1.24 or later (https://go.dev/doc/install) and put it on PATH. ${shortMessage}`,
    );
  }
  released = { command: join(folder, 'kustomize'), subcommand: 'build', from: 'PATH' };
}, 600_000);

test('it is another program of the same version', async () => {
  const { stdout } = await execa(released.command, ['version']);
  expect(stdout.trim()).toBe(`v${version}`);
  expect(pinned.version).toBe(version);
  expect(pinned.command).not.toBe(released.command);
});

test.for(targets.map(({ target }) => target.path))(
  '%s renders the same, byte by byte',
  async (path) => {
    const folder = join(root, path);
    const [ours, theirs] = await Promise.all([build(pinned, folder), build(released, folder)]);
    expect(ours.length).toBeGreaterThan(0);
    expect(theirs).toBe(ours);
  },
);
