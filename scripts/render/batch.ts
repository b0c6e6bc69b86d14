import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { isRecord, recordAt, textAt } from '../kubernetes/fields.ts';
import { readYaml } from '../kubernetes/yaml.ts';
import type { Origin } from '../model.ts';
import { makeScratchFolder } from '../shared/scratch-folder.ts';
import type { Kustomize } from './binary.ts';
import { type BuildOptions, build, KustomizeError } from './kustomize.ts';
import type { Preparation } from './preparation.ts';

/** One object of a build and where kustomize says it comes from. */
export interface BatchItem {
  readonly data: Readonly<Record<string, unknown>>;
  /** Only when origins were asked for. */
  readonly origin?: Origin;
  /** As kustomize writes it; only when texts were asked for. */
  readonly text?: string;
}

export interface BatchOptions extends BuildOptions {
  /** Whether to ask kustomize where each object comes from; that costs it about 100 ms. */
  readonly origins?: boolean;
  /** Whether to keep the text of each object. */
  readonly texts?: boolean;
  /** Writes the files that the targets consist of. */
  readonly preparation?: Preparation;
}

const marker = 'presync.dev/target';
const originKey = 'config.kubernetes.io/origin';

/**
 * Builds several kustomizations in one run of kustomize, most of whose time is its
 * start. Each target is wrapped so that its objects carry a mark, by which the output
 * is split again and which is then taken off.
 *
 * Two targets of a batch must not define the same object; the build fails then.
 *
 * @param root absolute path that the origins' files are relative to
 * @param targets absolute paths, without symbolic links
 * @returns the objects of each target, in the targets' order
 * @throws KustomizeError when the build of any of them fails
 */
export async function buildBatch(
  kustomize: Kustomize,
  root: string,
  targets: readonly string[],
  options: BatchOptions = {},
): Promise<BatchItem[][]> {
  const folder = makeScratchFolder('presync-');
  try {
    const write = () => {
      options.preparation?.run();
      writeWrappers(folder, targets, options.origins === true);
    };
    const output =
      options.preparation?.isDone === false
        ? await buildMeanwhile(kustomize, folder, write, options)
        : await buildAfter(kustomize, folder, write, options);
    const items = split(output, targets.length, (path) => toFile(root, folder, path));
    return options.texts ? withTexts(items, output) : items;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function buildAfter(
  kustomize: Kustomize,
  folder: string,
  write: () => void,
  options: BuildOptions,
): Promise<string> {
  write();
  return build(kustomize, folder, options);
}

/**
 * Writes the files while kustomize starts, which takes it longer. The file that leads to
 * all others comes last and at once: kustomize finds everything or nothing. If it was
 * there before, it is started again.
 */
async function buildMeanwhile(
  kustomize: Kustomize,
  folder: string,
  write: () => void,
  options: BuildOptions,
): Promise<string> {
  const onStarted = () => {
    write();
    options.onStarted?.();
  };
  try {
    return await build(kustomize, folder, { ...options, onStarted });
  } catch (error) {
    if (!(error instanceof KustomizeError) || error.reason !== 'failed') throw error;
    return await build(kustomize, folder, options);
  }
}

/** In turn: for small files that is the fastest. */
function writeWrappers(folder: string, targets: readonly string[], origins: boolean): void {
  const names = targets.map((_, index) => `target-${index}`);
  const top = { resources: names, ...(origins && { buildMetadata: ['originAnnotations'] }) };
  for (const [index, target] of targets.entries()) {
    const own = join(folder, `target-${index}`);
    mkdirSync(own);
    const wrapper = {
      resources: [relative(own, target).split(sep).join('/')],
      transformers: [JSON.stringify(markTransformer(String(index)), null, 1)],
    };
    writeFileSync(join(own, 'kustomization.yaml'), JSON.stringify(wrapper));
  }
  const path = join(folder, 'kustomization.yaml');
  writeFileSync(`${path}.part`, JSON.stringify(top));
  renameSync(`${path}.part`, path);
}

function markTransformer(mark: string): object {
  return {
    apiVersion: 'builtin',
    kind: 'AnnotationsTransformer',
    metadata: { name: 'presync' },
    annotations: { [marker]: mark },
    fieldSpecs: [{ path: 'metadata/annotations', create: true }],
  };
}

function split(output: string, count: number, toPath: (path: string) => string): BatchItem[][] {
  const items: BatchItem[][] = Array.from({ length: count }, () => []);
  const { documents, problems } = readYaml(output, 'kustomize output');
  if (problems[0])
    throw new Error(`kustomize wrote YAML that cannot be read: ${problems[0].message}`);
  for (const document of documents) {
    if (!isRecord(document)) continue;
    const index = Number(textAt(document, ['metadata', 'annotations', marker]));
    const origin = textAt(document, ['metadata', 'annotations', originKey]);
    items[index]?.push({
      data: withoutMarks(document),
      ...(origin && { origin: readOrigin(origin, toPath) }),
    });
  }
  return items;
}

/** The objects of a build, in its order, with their texts. */
function withTexts(items: BatchItem[][], output: string): BatchItem[][] {
  const texts: string[][] = items.map(() => []);
  for (const text of output.split(/^---\n/m)) {
    const [, index] = markLine.exec(text) ?? [];
    texts[Number(index)]?.push(text.replace(onlyMark, '').replace(markLine, ''));
  }
  return items.map((own, index) =>
    own.map((item, at) => ({ ...item, text: texts[index]?.[at] ?? '' })),
  );
}

const markLine = /^ {4}presync\.dev\/target: "(\d+)"\n/m;
const onlyMark = /^ {2}annotations:\n {4}presync\.dev\/target: "\d+"\n(?! {4})/m;

function withoutMarks(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const metadata = { ...recordAt(document, ['metadata']) };
  const annotations = { ...recordAt(metadata, ['annotations']) };
  delete annotations[marker];
  delete annotations[originKey];
  if (Object.keys(annotations).length > 0) metadata.annotations = annotations;
  else delete metadata.annotations;
  return { ...document, metadata };
}

/** The annotation is YAML of its own: `path: …`, or `configuredIn: …` with the generator's kind. */
function readOrigin(text: string, toPath: (path: string) => string): Origin {
  const path = /^path: (.+)$/m.exec(text)?.[1];
  if (path) return { file: toPath(path) };
  const configuredIn = /^configuredIn: (.+)$/m.exec(text)?.[1];
  const generator = /^ {2}kind: (.+)$/m.exec(text)?.[1];
  return {
    file: configuredIn ? toPath(configuredIn) : '',
    ...(generator && { generator }),
  };
}

function toFile(root: string, folder: string, path: string): string {
  return relative(root, resolve(folder, path)).split(sep).join('/');
}
