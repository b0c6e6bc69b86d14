import type { FieldPath } from '../model.ts';
import type { Revision } from './unit-source.ts';

const version = /^v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/;
const branches = ['main', 'master', 'develop', 'dev', 'trunk', 'staging', 'prod', 'production'];

/** What an Argo CD `targetRevision` takes: of a chart a version, of Git whatever it resolves to. */
export function revisionOf(written: string | undefined, at: FieldPath): Revision {
  const value = written?.trim() ?? '';
  if (value === '' || value === 'HEAD') return { kind: 'head', value: '', at };
  return { kind: kindOf(value), value, at };
}

function kindOf(value: string): Revision['kind'] {
  if (/^[0-9a-f]{40}$/.test(value)) return 'commit';
  if (value.startsWith('sha256:')) return 'digest';
  if (value.startsWith('refs/tags/') || version.test(value)) return 'tag';
  if (value.startsWith('refs/heads/') || branches.includes(value)) return 'branch';
  if (/[*<>=^~]|\s-\s|\|\|/.test(value) || /^v?\d+(\.\d+)?(\.x)?$/.test(value)) return 'semver';
  return 'name';
}
