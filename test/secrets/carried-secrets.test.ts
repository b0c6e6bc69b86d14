import { expect, test } from 'vitest';
import { run } from '../commands/run.ts';
import { makeRepository } from '../repository.ts';

const canary = 'canary-of-a-secret';

const cwd = makeRepository({
  'kustomization.yaml': `resources: [secret.yaml, config.yaml]
replacements:
  - source: { kind: Secret, name: access, fieldPath: stringData.thing }
    targets:
      - select: { kind: ConfigMap, name: config }
        fieldPaths: [data.copy, immutable]
`,
  'secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: access\nstringData:\n  part: canary-of\n  thing: ${canary}\n`,
  'config.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\nimmutable: none\ndata:\n  aaa: 5\n  copy: none\n  other: shown\n',
});

test.for(['pretty', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown', 'html'])(
  'what a replacement takes from a Secret is in no report: %s',
  async (reporter) => {
    const { code, out } = await run(cwd, 'validate', '--verbose', '--reporter', reporter);
    expect(code).toBe(1);
    expect(out).toContain('immutable');
    // Not even what is left where a shorter value begins it.
    expect(out).not.toMatch(/canary-of|of-a-secret/);
  },
);
