import { expect, test } from 'vitest';
import { createDetect } from '../../scripts/secrets/detect.ts';
import { credentialLine } from '../../scripts/secrets/embedded-files.ts';
import { readGoTemplate } from '../../scripts/secrets/go-template.ts';
import { secretFileKind } from '../../scripts/secrets/secret-files.ts';
import { sensitive } from '../../scripts/secrets/sensitive.ts';

/** Each took a naive pattern minutes; the test's own time limit is what fails here. */
const texts: Readonly<Record<string, string>> = {
  'a URL that never ends': `://@${'a://b:'.repeat(160_000)}`,
  'a key that never comes': '"type" : "service_account"'.repeat(30_000),
  'templates that never close': '{{ "'.repeat(200_000),
  'nothing but spaces': ' '.repeat(900_000),
  'half a dozen marks': '-----BEGIN '.repeat(90_000),
};

test.for(Object.entries(texts))('%s is read in one go', ([, text]) => {
  expect(createDetect()(sensitive(text)).token).toBeUndefined();
  expect(readGoTemplate(text).fields).toEqual([]);
  expect(credentialLine('app.ini', sensitive(text))).toBeUndefined();
  for (const file of ['kubeconfig', '.env', '.netrc', '.npmrc', '.pgpass', '.git-credentials']) {
    expect(secretFileKind(file, sensitive(text))).toBeUndefined();
  }
});
