import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { schemasFolder } from '../schema/catalogue.ts';
import { liveDocuments, savedDocuments } from '../schema/convert/cluster-documents.ts';
import { openApiFiles, openApiVersion } from '../schema/convert/openapi-files.ts';
import { schemaFolderFiles } from '../schema/convert/schema-folder.ts';
import { writeCatalogue } from '../schema/convert/write-catalogue.ts';
import { choose } from '../shared/choose.ts';
import { UserError } from '../shared/errors.ts';
import { counted } from '../shared/text.ts';
import { type Command, defineCommand, exitCodes, type Terminal } from './command.ts';

type Files = ReadonlyMap<string, string>;
interface Values {
  readonly context?: string | undefined;
  readonly 'kubernetes-version'?: string | undefined;
}

export const schemas: Command = defineCommand({
  usage: 'schemas --from npm|cluster|dir [--output folder] [path]',
  summary: 'Write a catalogue of schemas, for validate --schema-location.',
  options: {
    from: { type: 'string', value: 'source', help: 'npm, cluster or dir' },
    output: { type: 'string', value: 'folder', help: 'where to write it' },
    context: { type: 'string', value: 'name', help: 'which cluster kubectl asks' },
    'kubernetes-version': { type: 'string', value: 'version', help: 'when the cluster tells none' },
    cwd: { type: 'string', value: 'folder', help: 'work there instead of here' },
    help: { type: 'boolean', help: 'show this' },
  },
  examples: [
    'presync schemas --from dir ./crds --output my-schemas',
    'presync schemas --from cluster --output my-schemas   # asks kubectl',
    'presync schemas --from cluster ./saved-openapi --output my-schemas',
    'presync validate --schema-location my-schemas --schema-location default',
  ],

  async run(values, paths, terminal) {
    const cwd = resolve(terminal.cwd, values.cwd ?? '.');
    const read = choose('source', sources, values.from);
    if (read === undefined) return fromNpm();
    const [path, ...others] = paths.map((one) => resolve(cwd, one));
    if (others.length > 0) throw new UserError('name one path at most');
    if (values.output === undefined) throw new UserError('say where to write it, with --output');
    const files = await read(path, values, terminal);
    writeCatalogue(resolve(cwd, values.output), files);
    terminal.print(`${counted(files.size, 'file')} in ${values.output}\n`);
    return exitCodes.clean;
  },
});

type Read = (path: string | undefined, values: Values, terminal: Terminal) => Promise<Files>;

const sources: Readonly<Record<string, Read | undefined>> = {
  npm: undefined,
  async cluster(path, values, terminal) {
    if (path === undefined) terminal.progress('asking the cluster');
    const documents = path ? savedDocuments(path) : await liveDocuments(values.context);
    terminal.progress('');
    const told = values['kubernetes-version'] ?? documents.map(openApiVersion).find(Boolean);
    const minor = /^v?(1\.\d+)/.exec(told ?? '')?.[1];
    if (minor) return openApiFiles(documents, minor);
    throw new UserError('the cluster does not tell its version; say it with --kubernetes-version');
  },
  async dir(path) {
    if (path === undefined) throw new UserError('name the folder with CRDs or JSON schemas');
    return schemaFolderFiles(path);
  },
};

/** The catalogue of this library itself is made in its own repository. */
async function fromNpm(): Promise<number> {
  const script = join(schemasFolder, '../scripts/schemas.ts');
  if (!existsSync(script)) {
    throw new UserError('the bundled schemas are made from npm in the repository of presync only');
  }
  await import(pathToFileURL(script).href);
  return exitCodes.clean;
}
