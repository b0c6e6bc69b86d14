/** What kustomize says of a failed build, taken apart. */
export interface BuildMessage {
  /** The folder of the kustomization at fault, as kustomize writes it; absent when it names none. */
  readonly folder?: string;
  /** The file at fault, relative to that folder. */
  readonly file?: string;
  /** What is wrong, in kustomize's words. */
  readonly cause: string;
}

const step = /(?:recursed accumulation of|couldn't make target for) path '([^']*)': /g;
const inFile =
  /^accumulating resources: accumulation err='accumulating resources from '([^']*)': ([\s\S]*?)': must build at directory: /;

/**
 * Kustomize wraps an error once for every folder on the way; the last one is where it
 * happened, and only what follows is the cause.
 */
export function readBuildMessage(stderr: string): BuildMessage {
  const text = stderr
    .split('\n')
    .map((line) => line.replace(/^(error|Error): /, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('* '))
    .join(' ');
  const last = [...text.matchAll(step)].at(-1);
  const rest = last ? text.slice(last.index + last[0].length) : text;
  const folder = last?.[1];
  const [, file, cause] = inFile.exec(rest) ?? [];
  return {
    ...(folder && { folder }),
    ...(file && { file }),
    cause: plain(cause ?? rest),
  };
}

/** Of a transformer: it holds all of a patch, in which secrets may be. */
const configuration = / with config: `.*?`(?=: )/g;

/** Go's way to print its own structures tells the reader nothing, and differs from run to run. */
function plain(text: string): string {
  return text
    .replace(/^(loading generator plugins|accumulating resources): /, '')
    .replaceAll(/^recursed merging from path '[^']*': /g, '')
    .replaceAll(/merging from generator &\{[^}]*\}: /g, '')
    .replaceAll(/id resid\.ResId\{.*?Kind:"([^"]*)".*?Name:"([^"]*)".*?\}/g, '$1 "$2"')
    .replaceAll(configuration, '')
    .replaceAll(/ in object \{\{.*?\}\}/g, '')
    .replaceAll(/\.\[no(Ns|Grp)\]/g, '')
    .replaceAll(/; failed to find unique target for patch \S+/g, '')
    .trim();
}
