import { expect, test } from 'vitest';
import { type MissingKey, runGoTemplate } from '../../scripts/sync/go-template/evaluate.ts';
import { parseTemplate } from '../../scripts/sync/go-template/parse.ts';

const data = {
  name: 'Web App',
  port: 8080,
  ratio: 0.5,
  on: true,
  nothing: null,
  list: ['b', 'a', 'a'],
  map: { z: 1, a: 'x' },
  url: 'https://eu.example.com:6443',
  path: { path: 'apps/web', segments: ['apps', 'web'] },
};

function run(template: string, missingKey: MissingKey = 'default'): string {
  try {
    return runGoTemplate(parseTemplate(template), data, missingKey);
  } catch (error) {
    return `${(error as Error).constructor.name}: ${(error as Error).message}`;
  }
}

const results: readonly (readonly [string, string])[] = [
  ['{{ .name }}-{{ .port }}-{{ .ratio }}-{{ .on }}', 'Web App-8080-0.5-true'],
  ['{{ .list }} {{ .map }}', '[b a a] map[a:x z:1]'],
  ['a {{- " b " -}} c', 'a b c'],
  ['a{{/* no "}} here */}}b', 'ab'],
  ['a {{- /* trimmed */ -}} b', 'ab'],
  ['{{ "q\\"\\n" }}{{ `raw\\n` }}', 'q"\nraw\\n'],
  ['{{ .name | lower | replace " " "-" }}', 'web-app'],
  ['{{ normalize .name }}', 'web-app'],
  ['{{ printf "%s-%05d-%v-%q" "a" 42 .port "x" }}', 'a-00042-8080-"x"'],
  ['{{ printf "%-4s|%4s" "a" "b" }}', 'a   |   b'],
  ['{{ print 1 2 "a" 3 }}', '1 2a3'],
  ['{{ if and .on (eq .name "Web App") }}y{{ else }}n{{ end }}', 'y'],
  ['{{ if .nothing }}a{{ else if .list }}b{{ else }}c{{ end }}', 'b'],
  ['{{ if not (or .nothing "") }}empty{{ end }}', 'empty'],
  ['{{ with .map }}{{ .a }}{{ else }}none{{ end }}', 'x'],
  ['{{ with .nothing }}x{{ else with .map }}{{ .a }}{{ end }}', 'x'],
  ['{{ range .list }}{{ . }},{{ end }}', 'b,a,a,'],
  ['{{ range $i, $v := .list }}{{ $i }}={{ $v }} {{ end }}', '0=b 1=a 2=a '],
  ['{{ range $k, $v := .map }}{{ $k }}{{ $v }}{{ end }}', 'axz1'],
  ['{{ range .nothing }}x{{ else }}none{{ end }}', 'none'],
  ['{{ range .list }}{{ $.port }}{{ end }}', '808080808080'],
  ['{{ $x := "a" }}{{ if .on }}{{ $x = "b" }}{{ end }}{{ $x }}', 'b'],
  ['{{ $x := "a" }}{{ if .on }}{{ $x := "b" }}{{ end }}{{ $x }}', 'a'],
  ['{{ (index .list 0) | upper }}', 'B'],
  ['{{ index .path.segments 1 }}', 'web'],
  ['{{ (splitList "/" .path.path) | last }}', 'web'],
  ['{{ (split "/" .path.path)._0 }}', 'apps'],
  ['{{ join "-" .list }} {{ .list | uniq | sortAlpha | join "" }}', 'b-a-a ab'],
  ['{{ .url | trimPrefix "https://" | trimSuffix ":6443" }}', 'eu.example.com'],
  ['{{ .url | trimAll "htps:/6430" }}', 'eu.example.com'],
  ['{{ quote .name .port }} {{ squote .name }}', '"Web App" "8080" \'Web App\''],
  ['{{ default "d" .missing }} {{ "" | default "e" }} {{ coalesce .missing "f" }}', 'd e f'],
  ['{{ ternary "y" "n" .on }} {{ empty .missing }}', 'y true'],
  ['{{ hasKey .map "a" }} {{ get .map "b" }}|{{ dig "map" "b" "none" . }}', 'true |none'],
  ['{{ trunc 3 .name }} {{ trunc -3 .name }} {{ substr 1 3 .name }}', 'Web App eb'],
  [
    '{{ add 1 2 3 }} {{ mul 2 3 }} {{ sub 1 3 }} {{ div 7 2 }} {{ mod 7 2 }} {{ max 1 9 4 }}',
    '6 6 -2 3 1 9',
  ],
  ['{{ add .port 1 }} {{ int .port | add1 }}', '8081 8081'],
  ['{{ lt 1 2 }} {{ ge "b" "a" }} {{ ne .name "x" }} {{ eq 1 2 1 }}', 'true true true true'],
  ['{{ toJson .map }} {{ .list | toJson }}', '{"a":"x","z":1} ["b","a","a"]'],
  ['{{ toYaml .map }}', 'a: x\nz: 1'],
  ['{{ (fromYaml "a: { b: c }").a.b }}', 'c'],
  ['x:{{ toYaml .map | nindent 2 }}', 'x:\n  a: x\n  z: 1'],
  ['{{ regexReplaceAll "[^a-z]+" (lower .name) "-" }}', 'web-app'],
  [
    '{{ regexMatch "^W" .name }} {{ contains "App" .name }} {{ hasPrefix "x" .name }}',
    'true true false',
  ],
  ['{{ sha256sum "a" | trunc 8 }} {{ b64enc "a" }}', 'ca978112 YQ=='],
  ['{{ slugify 8 "one two three" }} {{ slugify 9 false "one two three" }}', 'one-two one-two-t'],
  ['{{ base .path.path }} {{ dir .path.path }} {{ len .list }}', 'web apps 3'],
  ['{{ title "ab cd" }} {{ kindOf .port }} {{ list 1 2 | len }}', 'Ab Cd float64 2'],
  ['{{ .missing }} {{ .missing.deep }}', '<no value> <no value>'],
];

test.for(results)('%s', ([template, expected]) => {
  expect(run(template)).toBe(expected);
});

const refused: readonly (readonly [string, string])[] = [
  ['{{ eq .port 8080 }}', 'TemplateFault: incompatible types for comparison'],
  ['{{ lower .port }}', 'TemplateFault: wrong type for value; expected string; got float64'],
  ['{{ lower .missing }}', 'TemplateFault: invalid value; expected string'],
  ['{{ index .list 9 }}', 'TemplateFault: index out of range: 9'],
  ['{{ index .list .port }}', 'TemplateFault: cannot index slice/array with type float64'],
  ['{{ index .nothing "a" }}', 'TemplateFault: index of untyped nil'],
  ['{{ .name.first }}', "TemplateFault: can't evaluate field first in type string"],
  ['{{ .name "x" }}', "TemplateFault: can't give argument to non-function"],
  ['{{ $x }}', 'TemplateFault: undefined variable "$x"'],
  ['{{ if .on }}', 'TemplateFault: unexpected end of the template'],
  ['{{ end }}', 'TemplateFault: unexpected {{end}}'],
  ['{{ }}', 'TemplateFault: missing value for command'],
  ['{{ .a-b }}', 'TemplateFault: unexpected "-" in an action'],
  ['{{ (1 }}', 'TemplateFault: unclosed parenthesis'],
  ['{{ div 1 0 }}', 'TemplateFault: integer divide by zero'],
  ['{{ fail "no" }}', 'TemplateFault: no'],
  ['{{ template "x" }}', 'CannotTell: {{template}} is not followed'],
  ['{{ now }}', 'CannotTell: the function now is not known here'],
  ['{{ printf "%d" .port }}', 'CannotTell: a format has %d for another type'],
  ['{{ constructor }}', 'CannotTell: the function constructor is not known here'],
  ['{{ .constructor }}', '<no value>'],
];

test.for(refused)('%s is refused or not told', ([template, expected]) => {
  expect(run(template)).toBe(expected);
});

test('a key that is missing is refused only when asked', () => {
  expect(run('{{ .missing }}', 'error')).toBe('TemplateFault: map has no entry for key "missing"');
  expect(run('{{ .missing }}', 'zero')).toBe('<no value>');
  expect(run('{{ .missing.a }}', 'zero')).toContain('nil pointer');
});
