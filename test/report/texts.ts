import fc from 'fast-check';
import type { Finding, Report } from '../../scripts/model.ts';
import { findingOf, reportOf } from './reports.ts';

/** What strangers write to be obeyed, by one reader or another. */
const traps: readonly string[] = [
  '::error file=a,line=1::owned',
  '\n::set-output name=a::b',
  '##[error]owned',
  '##vso[task.complete result=Failed;]',
  '::endgroup::',
  '<script>globalThis.owned = 1</script>',
  '<img src=x onerror="globalThis.owned = 1">',
  '" onmouseover="globalThis.owned = 1" x="',
  '</pre></code></article><iframe src=javascript:1>',
  '<!--',
  '-->',
  ']]>',
  '&lt;&amp;#x3c;',
  '</style></script>',
  '[owned](https://example.com)',
  '![owned](https://example.com/a.png)',
  '`code` ``more`` ```',
  '| a | b |\n|---|---|',
  '# heading\n\n- list\n> quote',
  '**bold** _it_ ~~no~~ \\',
  '@somebody #1 https://example.com www.example.com',
  '\u001b[31mred\u001b[0m\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007',
  '\u009b2J',
  '\u202eesrever\u202c \u2066x\u2069',
  '\ud800',
  '\udc00x',
  '\u0000\u0008\u000b\r\n\t',
  '\ufffe\uffff\u2028\u2029\u200b\ufeff',
  '%0A%25',
  '\\[0\\] {0} {{1}}',
  ' ',
  '',
];

/** Any text: random ones, traps, and traps among random ones. */
const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...traps),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      // Also halves of characters.
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 4 }).map((codes) => {
        return String.fromCharCode(...codes);
      }),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));

const anyLocation = fc.record({
  file: anyText,
  line: fc.integer({ min: 1, max: 100_000 }),
  column: fc.integer({ min: 1, max: 500 }),
});

const anyFinding: fc.Arbitrary<Finding> = fc
  .record(
    {
      rule: fc.oneof(fc.constant('images/pinned-tag'), anyText),
      severity: fc.constantFrom('error', 'warning', 'note'),
      message: anyText,
      fix: anyText,
      docs: anyText,
      location: anyLocation,
      certainty: fc.constantFrom('exact', 'resource', 'file'),
      object: fc.record({ apiVersion: anyText, kind: anyText, namespace: anyText, name: anyText }),
      path: anyText.map((text) => `/${text}`),
      targets: fc.array(fc.oneof(fc.constant('overlays/dev/web'), anyText), { maxLength: 3 }),
      clusters: fc.array(fc.oneof(fc.constant('dev'), anyText), { maxLength: 3 }),
      related: fc.array(fc.record({ message: anyText, location: anyLocation }), { maxLength: 2 }),
      suppression: fc.record({
        kind: fc.constantFrom('inSource', 'external'),
        justification: anyText,
      }),
    },
    { requiredKeys: ['rule', 'severity', 'message', 'fix', 'docs', 'location'] },
  )
  .map((changes) => findingOf(changes as Partial<Finding>));

/** Any report, whatever its texts are. */
export const anyReport: fc.Arbitrary<Report> = fc
  .record({
    findings: fc.array(anyFinding, { maxLength: 4 }),
    target: anyText,
    cluster: anyText,
    notChecked: fc.array(anyText, { maxLength: 2 }),
  })
  .map(({ findings, target, cluster, notChecked }) => {
    const numbered = findings.map((one, index) => ({ ...one, fingerprint: `${index}` }));
    const { targets } = reportOf([]);
    const own = { ...targets[0], path: target, clusters: [cluster], manifests: 1, rendered: true };
    return reportOf(numbered, {
      notChecked,
      targets: [...targets, own as Report['targets'][number]],
    });
  });
